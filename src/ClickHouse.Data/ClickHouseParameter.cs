using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace ClickHouse.Data;

/// <summary>
/// A value for a <c>{name:Type}</c> placeholder. It never becomes part of the SQL text: it goes to the server beside it.
/// </summary>
public sealed class ClickHouseParameter : DbParameter
{
    private string _name = string.Empty;

    public ClickHouseParameter()
    {
    }

    public ClickHouseParameter(string name, object? value, string? clickHouseType = null)
    {
        ParameterName = name;
        Value = value;
        ClickHouseType = clickHouseType;
    }

    /// <summary>The placeholder's name. A leading @, : or $ is taken away.</summary>
    [AllowNull]
    public override string ParameterName
    {
        get => _name;
        set => _name = (value ?? string.Empty).TrimStart('@', ':', '$');
    }

    /// <summary>
    /// The value. Instants are <see cref="DateTime"/> (unspecified kind counts as UTC) or <see cref="DateTimeOffset"/>,
    /// days are <see cref="DateOnly"/>; arrays, dictionaries and tuples go to Array, Map and Tuple.
    /// </summary>
    public override object? Value { get; set; }

    /// <summary>The ClickHouse type to format the value as. If not set, the placeholder's, else one that fits the value.</summary>
    public string? ClickHouseType { get; set; }

    public override DbType DbType { get; set; } = DbType.Object;

    /// <summary>Always Input: ClickHouse has no output parameters.</summary>
    /// <exception cref="NotSupportedException">Another direction is set.</exception>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
            {
                throw new NotSupportedException($"ClickHouse has input parameters only; '{ParameterName}' was given direction {value}.");
            }
        }
    }

    public override bool IsNullable { get; set; } = true;

    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = string.Empty;

    public override bool SourceColumnNullMapping { get; set; }

    public override void ResetDbType() => DbType = DbType.Object;
}
