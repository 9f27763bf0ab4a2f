using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Enum8 and Enum16: the name to .NET; the number where a number is asked for.</summary>
internal sealed class EnumType : ClickHouseType<string>, INumberType
{
    private readonly FrozenDictionary<short, string> _names;
    private readonly FrozenDictionary<string, short> _values;
    private readonly bool _isWide;

    public EnumType(string name, bool isWide, IReadOnlyDictionary<string, short> values)
        : base(name)
    {
        _isWide = isWide;
        _values = values.ToFrozenDictionary(StringComparer.Ordinal);
        _names = values.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }

    public override int FixedSize => _isWide ? sizeof(short) : sizeof(sbyte);

    public override string Read(ref ValueReader reader)
    {
        var value = ReadValue(ref reader);
        return _names.GetValueOrDefault(value) ?? value.ToString(CultureInfo.InvariantCulture);
    }

    public override void Write(RowBinaryWriter writer, string value)
    {
        if (!_values.TryGetValue(value, out var number))
        {
            throw new ArgumentException($"'{value}' is not a member of {Name}.", nameof(value));
        }

        WriteValue(writer, number);
    }

    public override void WriteObject(RowBinaryWriter writer, object? value)
    {
        if (value is sbyte or byte or short or int or long)
        {
            WriteValue(writer, System.Convert.ToInt16(value, CultureInfo.InvariantCulture));
        }
        else
        {
            base.WriteObject(writer, value);
        }
    }

    public override string Convert(object value) => value switch
    {
        string text => text,
        Enum member => member.ToString(),
        sbyte or byte or short or int or long =>
            _names.GetValueOrDefault(System.Convert.ToInt16(value, CultureInfo.InvariantCulture)) ?? throw CannotHold(value),
        _ => throw CannotHold(value),
    };

    public TTarget ReadAs<TTarget>(ref ValueReader reader)
        where TTarget : INumberBase<TTarget> => TTarget.CreateChecked(ReadValue(ref reader));

    protected override string ToText(object value) => Convert(value);

    private short ReadValue(ref ValueReader reader) => _isWide ? reader.Read<short>() : reader.Read<sbyte>();

    private void WriteValue(RowBinaryWriter writer, short number)
    {
        if (_isWide)
        {
            writer.WriteInt16(number);
        }
        else
        {
            writer.WriteInt8((sbyte)number);
        }
    }
}
