using System.Globalization;
using System.Text;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>
/// DateTime and DateTime64, with or without time zone: always an instant. It is read as a DateTime of kind Utc, whatever
/// the column's zone; an unspecified DateTime that is written counts as UTC.
/// </summary>
internal abstract class InstantType(string name, string? timeZone, int precision) : ClickHouseType<DateTime>(name)
{
    /// <summary>Below that many seconds ClickHouse may take the digits for a year or a date.</summary>
    private const long SafeTimestamp = 100_000_000;

    public string? TimeZone => timeZone;

    public int Precision => precision;

    public override DateTime Convert(object value) => value switch
    {
        DateTime time => Epoch.ToUtc(time),
        DateTimeOffset time => time.UtcDateTime,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
        _ => throw CannotHold(value),
    };

    /// <summary>A string is handed on as it is: the server parses it in the column's zone.</summary>
    protected override string ToText(object value)
    {
        if (value is string text)
        {
            return text;
        }

        var utc = Convert(value);
        var units = Epoch.ToScale(utc.Ticks - DateTime.UnixEpoch.Ticks, precision);
        var perSecond = PowersOfTen.Int64(precision);
        var seconds = Math.DivRem(units, perSecond, out var fraction);
        if (units >= SafeTimestamp * perSecond)
        {
            // A Unix time means the same instant in every time zone, at the hour that clocks go back too.
            return precision == 0
                ? seconds.ToString(CultureInfo.InvariantCulture)
                : new StringBuilder().Append(seconds).Append('.')
                    .Append(fraction.ToString(CultureInfo.InvariantCulture).PadLeft(precision, '0')).ToString();
        }

        var wall = timeZone is null ? utc : TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        return wall.ToString(precision == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
    }
}

/// <summary>DateTime: seconds as UInt32.</summary>
internal sealed class DateTimeType(string name, string? timeZone) : InstantType(name, timeZone, 0)
{
    public override int FixedSize => sizeof(uint);

    public override DateTime Read(ref ValueReader reader) => DateTime.UnixEpoch.AddTicks(reader.Read<uint>() * TimeSpan.TicksPerSecond);

    public override void Write(RowBinaryWriter writer, DateTime value) => writer.WriteDateTime(new DateTimeOffset(Epoch.ToUtc(value)));
}

/// <summary>DateTime64(p): Int64 of 10^-p seconds.</summary>
internal sealed class DateTime64Type(string name, int precision, string? timeZone) : InstantType(name, timeZone, precision)
{
    public override int FixedSize => sizeof(long);

    public override DateTime Read(ref ValueReader reader) => DateTime.UnixEpoch.AddTicks(Epoch.FromScale(reader.Read<long>(), Precision));

    public override void Write(RowBinaryWriter writer, DateTime value) => writer.WriteDateTime64(value, Precision);
}
