using System.Text;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>
/// Reuses answers for a short time: the variables of a dashboard are asked for by each of its panels, and a wall of
/// screens asks the same questions. Failures are never kept.
/// </summary>
public sealed class AnswerCache(QueryRunner runner, IOptions<DashboardOptions> options, TimeProvider time)
{
    private readonly Dictionary<string, (DateTimeOffset Until, QueryResult Result)> _answers = [];
    private readonly Lock _lock = new();

    public async Task<QueryResult> RunAsync(ExpandedQuery query, CancellationToken cancellationToken)
    {
        var key = Key(query);
        lock (_lock)
        {
            if (_answers.TryGetValue(key, out var kept) && kept.Until > time.GetUtcNow())
                return kept.Result;
        }

        var result = await runner.RunAsync(query, cancellationToken);
        lock (_lock)
        {
            Keep(key, result);
        }

        return result;
    }

    private void Keep(string key, QueryResult result)
    {
        var now = time.GetUtcNow();
        if (_answers.Count >= options.Value.MaxKeptAnswers)
        {
            foreach (var old in _answers.Where(answer => answer.Value.Until <= now).Select(answer => answer.Key).ToList())
                _answers.Remove(old);
        }

        if (_answers.Count < options.Value.MaxKeptAnswers && options.Value.AnswerLifetime > TimeSpan.Zero)
            _answers[key] = (now + options.Value.AnswerLifetime, result);
    }

    private static string Key(ExpandedQuery query)
    {
        var key = new StringBuilder(query.Sql);
        foreach (var parameter in query.Parameters)
            key.Append('\0').Append(parameter.Name).Append('\0').Append(parameter.Value);
        return key.ToString();
    }
}
