namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>How a server is started.</summary>
/// <param name="DataDirectory">Its data directory.</param>
/// <param name="Arguments">Verb and options, without <c>--data</c>.</param>
internal sealed record ServerLaunch(string DataDirectory, params string[] Arguments)
{
    /// <summary>Environment variables beside the keys; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>A program that runs the server, with its arguments; it must become the server's process.</summary>
    public string[] Wrapper { get; init; } = [];
}
