using System.CommandLine;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>Options that every verb has.</summary>
internal static class CommonOptions
{
    public static Option<DirectoryInfo> Data { get; } = new("--data")
    {
        Description = "Directory of everything that is kept: engine, spool, dead letters, mail drop.",
        DefaultValueFactory = _ => new DirectoryInfo("./data"),
        Recursive = true,
    };

    public static Option<string> Urls { get; } = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons.",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
        Recursive = true,
    };

    /// <summary>Adds both to a verb.</summary>
    public static Command WithCommonOptions(this Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Urls);
        return command;
    }
}
