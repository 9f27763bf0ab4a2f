using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClickHouse.Embedded.Configuration;

/// <summary>One random password per user, made once per data directory and readable by its owner alone.</summary>
internal sealed class EngineCredentials
{
    private readonly Dictionary<EngineUser, string> _passwords;

    private EngineCredentials(Dictionary<EngineUser, string> passwords) => _passwords = passwords;

    public string Password(EngineUser user) => _passwords[user];

    public string Sha256(EngineUser user) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_passwords[user])));

    public static string Name(EngineUser user) => user switch
    {
        EngineUser.Writer => "lm_writer",
        EngineUser.Dashboards => "lm_dashboards",
        EngineUser.OData => "lm_odata",
        _ => throw new ArgumentOutOfRangeException(nameof(user), user, null),
    };

    /// <summary>Reads the file, or makes and writes it.</summary>
    public static EngineCredentials LoadOrCreate(string path)
    {
        var stored = File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? []
            : [];
        var passwords = Enum.GetValues<EngineUser>().ToDictionary(
            user => user,
            user => stored.GetValueOrDefault(Name(user)) ?? RandomNumberGenerator.GetHexString(48, lowercase: true));
        if (stored.Count != passwords.Count)
        {
            var text = JsonSerializer.Serialize(passwords.ToDictionary(p => Name(p.Key), p => p.Value));
            PrivateFile.Write(path, text);
        }

        return new EngineCredentials(passwords);
    }
}
