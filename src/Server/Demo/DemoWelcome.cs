using LifecycleMetrics.Server.Hosting;

namespace LifecycleMetrics.Server.Demo;

/// <summary>What the demo says when it serves: where to look and with which keys.</summary>
internal static class DemoWelcome
{
    private const string Event =
        """{"userId":"ana","event":"Order Completed","properties":{"order_id":"A-1","revenue":30.00,"currency":"USD"}}""";

    public static void Print(RunningServer server) => Console.WriteLine($"""

        Dashboards   {server.Url}/dashboards/
        OData        {server.Url}/odata/            (user or password: {DemoKeys.Read})
        Ingest       {server.Url}/v1/track          (write key: {DemoKeys.Write})
        Health       {server.Url}/healthz/ready
        Metrics      {server.Url}/metrics

        First event:
          curl {server.Url}/v1/track -u {DemoKeys.Write}: -d '{Event}'

        Ctrl-C stops everything. The data stays; the next start goes on from it.

        Ready at {server.Url}
        """);
}
