using System.Collections.Concurrent;
using System.Globalization;

namespace ClickHouse.Data.Types;

/// <summary>From the name that ClickHouse gives a type to the object that reads and writes it.</summary>
internal static class TypeCatalog
{
    private static readonly ConcurrentDictionary<string, ClickHouseType> Known = new(StringComparer.Ordinal);

    /// <exception cref="NotSupportedException">The provider does not know the type.</exception>
    /// <exception cref="FormatException">The text is not a type name.</exception>
    public static ClickHouseType Get(string name) => Known.GetOrAdd(name, static text => Create(TypeName.Parse(text)));

    private static ClickHouseType Create(TypeName type) => type.Family switch
    {
        "Int8" => new NumberType<sbyte>(type.Text),
        "Int16" => new NumberType<short>(type.Text),
        "Int32" => new NumberType<int>(type.Text),
        "Int64" => new NumberType<long>(type.Text),
        "Int128" => new NumberType<Int128>(type.Text),
        "Int256" => new BigIntegerType(type.Text, isUnsigned: false),
        "UInt8" => new NumberType<byte>(type.Text),
        "UInt16" => new NumberType<ushort>(type.Text),
        "UInt32" => new NumberType<uint>(type.Text),
        "UInt64" => new NumberType<ulong>(type.Text),
        "UInt128" => new NumberType<UInt128>(type.Text),
        "UInt256" => new BigIntegerType(type.Text, isUnsigned: true),
        "Float32" => new NumberType<float>(type.Text),
        "Float64" => new NumberType<double>(type.Text),
        "BFloat16" => new BFloat16Type(),
        "Decimal" => Decimal(type, Number(type, 0, 10), Number(type, 1, 0)),
        "Decimal32" => Decimal(type, 9, Number(type, 0)),
        "Decimal64" => Decimal(type, 18, Number(type, 0)),
        "Decimal128" => Decimal(type, 38, Number(type, 0)),
        "Decimal256" => Decimal(type, 76, Number(type, 0)),
        "Bool" => new BoolType(),
        "String" or "JSON" or "Identifier" or "Object" => new StringType(type.Text),
        "FixedString" => new FixedStringType(type.Text, Number(type, 0)),
        "UUID" => new UuidType(),
        "IPv4" => new IPv4Type(),
        "IPv6" => new IPv6Type(),
        "Date" => new DateType(type.Text, isWide: false),
        "Date32" => new DateType(type.Text, isWide: true),
        "DateTime" or "DateTime32" => new DateTimeType(type.Text, Zone(type, 0)),
        "DateTime64" => new DateTime64Type(type.Text, Number(type, 0, 3), Zone(type, 1)),
        "Time" => new TimeType(type.Text, 0, isWide: false),
        "Time64" => new TimeType(type.Text, Number(type, 0, 3), isWide: true),
        "Enum8" => new EnumType(type.Text, isWide: false, Members(type)),
        "Enum16" => new EnumType(type.Text, isWide: true, Members(type)),
        "Nothing" => new NothingType(),
        "Nullable" => Nullable(type, Get(Argument(type, 0))),
        "LowCardinality" => Get(Argument(type, 0)),
        "SimpleAggregateFunction" => Get(Argument(type, type.Arguments.Count - 1)),
        "Array" => Array(type, Get(Argument(type, 0))),
        "Map" => Map(type, Get(Argument(type, 0)), Get(Argument(type, 1))),
        "Tuple" => Tuple(type),
        "Nested" => Array(type, Tuple(type with { Text = $"Tuple({string.Join(", ", type.Arguments)})" })),
        "Variant" => new VariantType(type.Text, [.. type.Arguments.Select(Get)]),
        "Dynamic" => new DynamicType(type.Text),
        "Point" => Get("Tuple(Float64, Float64)"),
        "Ring" or "LineString" => Get("Array(Point)"),
        "Polygon" or "MultiLineString" => Get("Array(Ring)"),
        "MultiPolygon" => Get("Array(Polygon)"),
        _ when type.Family.StartsWith("Interval", StringComparison.Ordinal) => new NumberType<long>(type.Text),
        "AggregateFunction" => throw new NotSupportedException(
            $"{type.Text} is an intermediate state that only the server can read; apply finalizeAggregation or a -Merge function in the query."),
        _ => throw new NotSupportedException(
            $"The type {type.Text} is not supported; convert it in the query, for example with toString or CAST."),
    };

    private static ClickHouseType Decimal(TypeName type, int precision, int scale) => precision <= DecimalType.MaxPrecision
        ? new DecimalType(type.Text, precision, scale)
        : new WideDecimalType(type.Text, precision, scale);

    private static ClickHouseType Nullable(TypeName type, ClickHouseType underlying) => underlying.AdmitsNull && underlying is not NothingType
        ? underlying
        : Generic(underlying.ClrType.IsValueType ? typeof(NullableValueType<>) : typeof(NullableReferenceType<>), [underlying.ClrType], type.Text, underlying);

    private static ClickHouseType Array(TypeName type, ClickHouseType element) =>
        Generic(typeof(ArrayType<>), [element.ClrType], type.Text, element);

    private static ClickHouseType Map(TypeName type, ClickHouseType key, ClickHouseType value) =>
        Generic(typeof(MapType<,>), [key.ClrType, value.ClrType], type.Text, key, value);

    private static TupleType Tuple(TypeName type)
    {
        var elements = type.Arguments.Select(TypeName.SplitNamed).ToArray();
        return new TupleType(
            type.Text,
            [.. elements.Select(element => element.Name).OfType<string>()],
            [.. elements.Select(element => Get(element.Type))]);
    }

    private static ClickHouseType Generic(Type definition, Type[] arguments, params object[] constructor) =>
        (ClickHouseType)Activator.CreateInstance(definition.MakeGenericType(arguments), constructor)!;

    private static Dictionary<string, short> Members(TypeName type)
    {
        var members = new Dictionary<string, short>(StringComparer.Ordinal);
        foreach (var member in type.Arguments)
        {
            var equals = member.LastIndexOf('=');
            if (equals < 0)
            {
                throw new FormatException($"'{type.Text}' is not a ClickHouse type name: '{member}' has no value.");
            }

            members.Add(TypeName.Unquote(member[..equals].Trim()), short.Parse(member.AsSpan(equals + 1), CultureInfo.InvariantCulture));
        }

        return members;
    }

    private static string Argument(TypeName type, int index) => index >= 0 && index < type.Arguments.Count
        ? type.Arguments[index]
        : throw new FormatException($"'{type.Text}' is not a ClickHouse type name: an argument is missing.");

    private static int Number(TypeName type, int index, int? fallback = null) =>
        fallback is { } value && index >= type.Arguments.Count
            ? value
            : int.Parse(Argument(type, index), CultureInfo.InvariantCulture);

    private static string? Zone(TypeName type, int index) =>
        index < type.Arguments.Count ? TypeName.Unquote(type.Arguments[index]) : null;
}
