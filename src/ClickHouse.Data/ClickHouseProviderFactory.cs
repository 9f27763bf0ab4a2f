using System.Data.Common;

namespace ClickHouse.Data;

/// <summary>For code that picks its provider by name.</summary>
public sealed class ClickHouseProviderFactory : DbProviderFactory
{
    public static readonly ClickHouseProviderFactory Instance = new();

    private ClickHouseProviderFactory()
    {
    }

    public override DbCommand CreateCommand() => new ClickHouseCommand();

    public override DbConnection CreateConnection() => new ClickHouseConnection();

    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new ClickHouseConnectionStringBuilder();

    public override DbDataSource CreateDataSource(string connectionString) => new ClickHouseDataSource(connectionString);

    public override DbParameter CreateParameter() => new ClickHouseParameter();
}
