using System.Buffers;
using System.Globalization;
using System.Text;
using ClickHouse.Data;

namespace LifecycleMetrics.Ingest.Rates;

/// <summary>Table <c>fx_rate</c> in ClickHouse; a rate of the same day and pair replaces the earlier one.</summary>
public sealed class FxRateTable(ClickHouseDataSource dataSource)
{
    /// <summary>Stores the rates; on return they hold. Storing them again changes nothing.</summary>
    public async Task InsertAsync(IReadOnlyCollection<FxRate> rates, string source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rates);
        var lines = new StringBuilder();
        foreach (var rate in rates)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{rate.Date:yyyy-MM-dd}\t{rate.Currency}\t{rate.QuoteCurrency}\t{rate.Rate}\t");
            lines.Append(source.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
            lines.Append('\n');
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.InsertAsync(
            new ClickHouseInsert
            {
                Table = "fx_rate",
                Format = "TabSeparated",
                Columns = ["rate_date", "currency", "quote_currency", "rate", "source"],
                Body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(lines.ToString())),
            },
            cancellationToken);
    }
}
