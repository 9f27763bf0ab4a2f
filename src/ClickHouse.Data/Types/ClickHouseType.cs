using System.Text;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>One ClickHouse data type: how its values are measured, read and written in RowBinary, and put into text.</summary>
internal abstract class ClickHouseType(string name)
{
    /// <summary>The type as ClickHouse writes it, arguments included.</summary>
    public string Name { get; } = name;

    /// <summary>The .NET type that <see cref="ReadObject"/> gives.</summary>
    public abstract Type ClrType { get; }

    /// <summary>Bytes of every value, or -1 if values differ in length.</summary>
    public virtual int FixedSize => -1;

    /// <summary>The type inside a Nullable, otherwise the type itself.</summary>
    public virtual ClickHouseType Underlying => this;

    public bool IsNullable => !ReferenceEquals(Underlying, this) || AdmitsNull;

    /// <summary>True if a value can be null without a Nullable around the type (Variant, Dynamic, Nothing).</summary>
    public virtual bool AdmitsNull => false;

    /// <summary>True if text in an array, map or tuple goes into quotes.</summary>
    protected virtual bool IsQuoted => true;

    /// <summary>
    /// Moves over one value. False if the data ends inside it; the position is then of no meaning and the caller
    /// starts the value again with more data.
    /// </summary>
    public virtual bool TrySkip(ReadOnlySpan<byte> data, ref int position)
    {
        position += FixedSize;
        return position <= data.Length;
    }

    public abstract object? ReadObject(ref ValueReader reader);

    /// <exception cref="InvalidCastException">The value is of a .NET type that this type can't hold.</exception>
    public abstract void WriteObject(RowBinaryWriter writer, object? value);

    /// <summary>The value in the text format of query parameters, at the top level: escaped as in TabSeparated.</summary>
    public virtual void FormatEscaped(StringBuilder text, object value) => TextEscape.Append(text, ToText(value));

    /// <summary>The value as it stands inside an array, map or tuple.</summary>
    public virtual void FormatNested(StringBuilder text, object? value)
    {
        if (IsNull(value))
        {
            text.Append("NULL");
        }
        else if (IsQuoted)
        {
            text.Append('\'');
            TextEscape.Append(text, ToText(value!));
            text.Append('\'');
        }
        else
        {
            text.Append(ToText(value!));
        }
    }

    public static bool IsNull(object? value) => value is null or DBNull;

    public override string ToString() => Name;

    /// <summary>The value's plain text, without escapes or quotes.</summary>
    protected abstract string ToText(object value);

    protected InvalidCastException CannotHold(object? value) => new(
        value is null or DBNull
            ? $"A value of type {Name} can't be null."
            : $"A .NET value of type {value.GetType()} can't be used as ClickHouse type {Name}.");
}
