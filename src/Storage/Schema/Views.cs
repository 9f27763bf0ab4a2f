using ClickHouse.Data;
using Dapper;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>
/// Creates or replaces every view, with its comment, its columns' comments and the owner's rights on what it reads, so
/// that a reader needs rights on the view alone. Views that no longer have a file are dropped.
/// </summary>
internal sealed class Views(ClickHouseDataSource database, ILogger logger)
{
    private static readonly string[] Prefixes = ["stg_", "int_", "kpi_", "dim_"];

    public async Task ReplaceAsync(
        IReadOnlyList<ViewFile> views, ColumnDescriptions descriptions, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        await DropOrphansAsync(connection, views, cancellationToken);
        foreach (var view in views)
        {
            try
            {
                var columns = await DescribeAsync(connection, view, cancellationToken);
                var create = CreateStatement(view, columns, descriptions);
                await connection.ExecuteAsync(new CommandDefinition(create, cancellationToken: cancellationToken));
            }
            catch (ClickHouseException e)
            {
                throw new SchemaException($"{view.File.Path}: {e.Message}", e);
            }
        }

        Log.ViewsReplaced(logger, views.Count);
    }

    private static async Task<IReadOnlyList<ViewColumn>> DescribeAsync(
        ClickHouseConnection connection, ViewFile view, CancellationToken cancellationToken)
    {
        var columns = await connection.QueryAsync<ViewColumn>(new CommandDefinition(
            $"describe table (\n{view.File.Text}\n)", cancellationToken: cancellationToken));
        var names = columns.ToArray();
        if (view.Key.FirstOrDefault(key => names.All(c => c.Name != key)) is { } missing)
            throw new SchemaException($"{view.File.Path}:2: the grain names {missing}, which is no column of the select.");
        return names;
    }

    private static string CreateStatement(
        ViewFile view, IEnumerable<ViewColumn> columns, ColumnDescriptions descriptions)
    {
        var declared = columns.Select(c =>
            $"    {SqlText.Name(c.Name)} {c.Type} comment {SqlText.Literal(descriptions.Comment(view.Name, c.Name))}");
        return $"""
            create or replace view {SqlText.Name(view.Name)}
            (
            {string.Join(",\n", declared)}
            )
            definer = CURRENT_USER sql security definer
            as
            {view.File.Text}
            comment {SqlText.Literal(view.Comment)}
            """;
    }

    private async Task DropOrphansAsync(
        ClickHouseConnection connection, IReadOnlyList<ViewFile> views, CancellationToken cancellationToken)
    {
        var known = views.Select(v => v.Name).ToHashSet();
        var present = await connection.QueryAsync<string>(new CommandDefinition(
            "select name from system.tables where database = currentDatabase() and engine = 'View'",
            cancellationToken: cancellationToken));
        foreach (var name in present.Where(n => !known.Contains(n) && Prefixes.Any(p => n.StartsWith(p, StringComparison.Ordinal))))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $"drop view if exists {SqlText.Name(name)}", cancellationToken: cancellationToken));
            Log.OrphanDropped(logger, name);
        }
    }
}
