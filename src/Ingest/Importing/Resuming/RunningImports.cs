using System.Diagnostics.CodeAnalysis;

namespace LifecycleMetrics.Ingest.Importing.Resuming;

/// <summary>The imports that are being read now.</summary>
internal sealed class RunningImports(ImportOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string KeyId, string Id), RunningImport> _running = [];

    /// <summary>True if the import may begin; it is running until it is disposed.</summary>
    /// <exception cref="ImportConflictException">It is running already.</exception>
    public bool TryBegin(string keyId, string id, [NotNullWhen(true)] out RunningImport? import)
    {
        lock (_gate)
        {
            import = null;
            if (_running.ContainsKey((keyId, id)))
                throw new ImportConflictException("import_running", $"The import {id} is being read already, over another connection.");
            if (_running.Count >= options.MaxConcurrent)
                return false;
            import = new RunningImport(() => End(keyId, id));
            _running.Add((keyId, id), import);
            return true;
        }
    }

    /// <summary>Null if the import isn't running.</summary>
    public RunningImport? Find(string keyId, string id)
    {
        lock (_gate)
            return _running.GetValueOrDefault((keyId, id));
    }

    private void End(string keyId, string id)
    {
        lock (_gate)
            _running.Remove((keyId, id));
    }
}
