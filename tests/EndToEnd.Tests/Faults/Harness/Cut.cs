namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>Where in an insert its connection is cut.</summary>
internal enum Cut
{
    /// <summary>Nowhere.</summary>
    Nothing,

    /// <summary>In the middle of the request.</summary>
    Request,

    /// <summary>When the engine has the whole request, whether it has finished with it or not.</summary>
    BeforeReply,

    /// <summary>When the engine replies: the rows are stored, and the server does not learn of it.</summary>
    Reply,
}
