using System.Text;

namespace ClickHouse.Embedded.Configuration;

/// <summary>Files that hold secrets: no one but the owner may read them, from the moment they exist.</summary>
internal static class PrivateFile
{
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            // Renamed before its text is on the disk, it could be empty after a power loss, and no start could read it.
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
