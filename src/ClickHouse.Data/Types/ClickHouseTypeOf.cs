using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>A type whose values are read and written as <typeparamref name="T"/> without boxing.</summary>
internal abstract class ClickHouseType<T>(string name) : ClickHouseType(name)
{
    public override Type ClrType => typeof(T);

    public abstract T Read(ref ValueReader reader);

    public abstract void Write(RowBinaryWriter writer, T value);

    /// <summary>Accepts what a caller may reasonably hand over for this type.</summary>
    /// <exception cref="InvalidCastException">The value can't be used as this type.</exception>
    public abstract T Convert(object value);

    public override object? ReadObject(ref ValueReader reader) => Read(ref reader);

    public override void WriteObject(RowBinaryWriter writer, object? value) =>
        Write(writer, value is T typed ? typed : IsNull(value) ? throw CannotHold(value) : Convert(value!));
}
