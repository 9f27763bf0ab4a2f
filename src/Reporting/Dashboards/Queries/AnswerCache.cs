using System.Text;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>
/// Asks each question once: the variables of a dashboard are needed by each of its panels, and a wall of screens asks
/// the same things. Who asks what is being asked waits for that answer, and answers are reused for a short time.
/// Failures and answers without rows are never kept.
/// </summary>
public sealed class AnswerCache(QueryRunner runner, IOptions<DashboardOptions> options, TimeProvider time)
{
    private readonly Dictionary<string, Question> _questions = [];
    private readonly Lock _lock = new();

    /// <exception cref="DashboardQueryException">As <see cref="QueryRunner.RunAsync"/>.</exception>
    /// <exception cref="System.Data.Common.DbException">As <see cref="QueryRunner.RunAsync"/>.</exception>
    public async Task<QueryResult> RunAsync(ExpandedQuery query, CancellationToken cancellationToken)
    {
        var key = Key(query);
        Question question;
        lock (_lock)
        {
            if (!_questions.TryGetValue(key, out question!) || question.Until <= time.GetUtcNow())
            {
                Forget();
                question = _questions[key] = new Question();
                question.Answer = AskAsync(key, question, query);
            }

            question.Waiting++;
        }

        try
        {
            return await question.Answer.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, question);
        }
    }

    private async Task<QueryResult> AskAsync(string key, Question question, ExpandedQuery query)
    {
        // The caller holds the lock: nothing here may run in it.
        await Task.Yield();
        try
        {
            var result = await runner.RunAsync(query, question.Abandoned.Token);
            lock (_lock)
            {
                // Where nothing is yet, something may come at any moment: a page opened while a server loads shows it at the next look.
                question.Until = time.GetUtcNow() + (result.Rows.Count > 0 ? options.Value.AnswerLifetime : TimeSpan.Zero);
            }

            return result;
        }
        catch
        {
            lock (_lock)
            {
                Remove(key, question);
            }

            throw;
        }
    }

    /// <summary>A query that nobody waits for any more is stopped.</summary>
    private void Leave(string key, Question question)
    {
        lock (_lock)
        {
            question.Waiting--;
            if (question.Waiting > 0 || question.Answer.IsCompleted)
                return;
            Remove(key, question);
        }

        question.Abandoned.Cancel();
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var old in _questions.Where(one => one.Value.Until <= now).Select(one => one.Key).ToList())
            _questions.Remove(old);
        if (_questions.Count >= options.Value.MaxKeptAnswers
            && _questions.Where(one => one.Value.Until < DateTimeOffset.MaxValue).MinBy(one => one.Value.Until) is { Key: { } oldest })
        {
            _questions.Remove(oldest);
        }
    }

    private void Remove(string key, Question question)
    {
        if (_questions.TryGetValue(key, out var current) && ReferenceEquals(current, question))
            _questions.Remove(key);
    }

    private static string Key(ExpandedQuery query)
    {
        var key = new StringBuilder(query.Sql);
        foreach (var parameter in query.Parameters)
            key.Append('\0').Append(parameter.Name).Append('\0').Append(parameter.Value);
        return key.ToString();
    }

    private sealed class Question
    {
        public Task<QueryResult> Answer { get; set; } = null!;

        public CancellationTokenSource Abandoned { get; } = new();

        public int Waiting { get; set; }

        /// <summary>Until when the answer holds; while it is awaited, always.</summary>
        public DateTimeOffset Until { get; set; } = DateTimeOffset.MaxValue;
    }
}
