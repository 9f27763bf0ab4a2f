using System.Globalization;

namespace ClickHouse.Data.Types;

internal static class FloatText
{
    public static string Of(double number) =>
        double.IsNaN(number) ? "nan"
        : double.IsPositiveInfinity(number) ? "inf"
        : double.IsNegativeInfinity(number) ? "-inf"
        : number.ToString("R", CultureInfo.InvariantCulture);

    public static string Of(float number) =>
        float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : Of((double)number);
}
