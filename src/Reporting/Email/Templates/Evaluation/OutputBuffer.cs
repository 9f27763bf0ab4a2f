using System.Text;

namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>Collects output up to a limit.</summary>
internal sealed class OutputBuffer(int limit)
{
    private readonly StringBuilder _text = new();

    /// <summary>False, and nothing added, when the text would cross the limit.</summary>
    public bool TryAppend(string text)
    {
        if (_text.Length + text.Length > limit) return false;
        _text.Append(text);
        return true;
    }

    public override string ToString() => _text.ToString();
}
