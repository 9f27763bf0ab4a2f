using System.Globalization;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Time (Int32 seconds) and Time64(p) (Int64 of 10^-p seconds), up to ±999:59:59.</summary>
internal sealed class TimeType(string name, int precision, bool isWide) : ClickHouseType<TimeSpan>(name)
{
    public override int FixedSize => isWide ? sizeof(long) : sizeof(int);

    public override TimeSpan Read(ref ValueReader reader) =>
        new(Epoch.FromScale(isWide ? reader.Read<long>() : reader.Read<int>(), precision));

    public override void Write(RowBinaryWriter writer, TimeSpan value)
    {
        var units = Epoch.ToScale(value.Ticks, precision);
        if (isWide)
        {
            writer.WriteInt64(units);
        }
        else
        {
            writer.WriteInt32(checked((int)units));
        }
    }

    public override TimeSpan Convert(object value) => value switch
    {
        TimeSpan span => span,
        TimeOnly time => time.ToTimeSpan(),
        _ => throw CannotHold(value),
    };

    protected override string ToText(object value)
    {
        var span = Convert(value);
        var hours = (Math.Abs(span.Ticks) / TimeSpan.TicksPerHour).ToString("00", CultureInfo.InvariantCulture);
        var rest = span.ToString(isWide ? @"mm\:ss\.fffffff" : @"mm\:ss", CultureInfo.InvariantCulture);
        return $"{(span < TimeSpan.Zero ? "-" : string.Empty)}{hours}:{rest}";
    }
}
