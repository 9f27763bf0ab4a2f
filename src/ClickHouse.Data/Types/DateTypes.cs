using System.Globalization;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Date (UInt16 days since 1970) and Date32 (Int32 days): a day of no time zone.</summary>
internal sealed class DateType(string name, bool isWide) : ClickHouseType<DateOnly>(name)
{
    public override int FixedSize => isWide ? sizeof(int) : sizeof(ushort);

    public override DateOnly Read(ref ValueReader reader) =>
        DateOnly.FromDayNumber(Epoch.DayNumber + (isWide ? reader.Read<int>() : reader.Read<ushort>()));

    public override void Write(RowBinaryWriter writer, DateOnly value)
    {
        if (isWide)
        {
            writer.WriteDate32(value);
        }
        else
        {
            writer.WriteDate(value);
        }
    }

    /// <summary>Of an instant, the day that its own clock shows is taken.</summary>
    public override DateOnly Convert(object value) => value switch
    {
        DateOnly date => date,
        DateTime time => DateOnly.FromDateTime(time),
        DateTimeOffset time => DateOnly.FromDateTime(time.DateTime),
        string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw CannotHold(value),
    };

    protected override string ToText(object value) => Convert(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
