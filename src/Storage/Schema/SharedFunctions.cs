using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>
/// Makes the SQL functions that views share. They belong to the whole ClickHouse server, hence their prefix <c>lm_</c>; a
/// view keeps the text they had when it was made.
/// </summary>
internal sealed class SharedFunctions(ClickHouseDataSource database)
{
    public async Task ReplaceAsync(IReadOnlyList<SqlFile> functions, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        foreach (var function in functions)
        {
            try
            {
                await connection.ExecuteAsync(new CommandDefinition(function.Text, cancellationToken: cancellationToken));
            }
            catch (ClickHouseException e)
            {
                throw new SchemaException($"{function.Path}: {e.Message}", e);
            }
        }
    }
}
