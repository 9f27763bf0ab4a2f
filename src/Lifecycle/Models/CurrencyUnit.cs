namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>How many minor units a currency unit has, by ISO 4217: 100 except for the currencies listed here.</summary>
public static class CurrencyUnit
{
    private const string WithoutMinorUnit =
        "'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'";

    private const string WithThreeDigits = "'BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'";

    /// <summary>SQL that gives the minor units of one unit of the currency in <paramref name="column"/>.</summary>
    public static string MinorUnitsSql(string column) =>
        $"multiIf({column} in ({WithoutMinorUnit}), 1, {column} in ({WithThreeDigits}), 1000, 100)";
}
