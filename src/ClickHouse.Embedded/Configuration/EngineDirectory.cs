namespace ClickHouse.Embedded.Configuration;

/// <summary>What lies where in the engine's directory.</summary>
internal sealed class EngineDirectory
{
    public EngineDirectory(string root)
    {
        Root = Path.GetFullPath(root);
        Directory.CreateDirectory(Root);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "store");

    public string ConfigFile => Path.Combine(Root, "config.xml");

    public string UsersFile => Path.Combine(Root, "users.xml");

    public string CredentialsFile => Path.Combine(Root, "credentials.json");

    public string LogFile => Path.Combine(Root, "engine.log");
}
