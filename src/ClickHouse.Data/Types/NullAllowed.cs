namespace ClickHouse.Data.Types;

/// <summary>Whether a variable of that .NET type can be null; computed once per type.</summary>
internal static class NullAllowed<T>
{
    public static readonly bool Value = !typeof(T).IsValueType || Nullable.GetUnderlyingType(typeof(T)) is not null;
}
