namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A temporary file of orders sorted by id; it is gone when it is closed.</summary>
internal sealed class OrderRun : IDisposable
{
    private readonly FileStream _file;
    private readonly int _count;

    private OrderRun(FileStream file, int count)
    {
        _file = file;
        _count = count;
    }

    public static OrderRun Write(IEnumerable<OrderDraft> sorted)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"lifecycle-import-{Guid.NewGuid():N}"),
            FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        var writer = new BinaryWriter(file);
        var count = 0;
        foreach (var order in sorted)
        {
            writer.Write(order.OrderId);
            writer.Write(order.Customer);
            writer.Write(order.At.Ticks);
            writer.Write(order.Amount);
            writer.Write(order.Currency);
            writer.Write(order.Country);
            writer.Write(order.File);
            writer.Write(order.LineNumber);
            count++;
        }

        writer.Flush();
        return new(file, count);
    }

    public IEnumerable<OrderDraft> Read()
    {
        _file.Position = 0;
        var reader = new BinaryReader(_file);
        for (var i = 0; i < _count; i++)
        {
            yield return new OrderDraft
            {
                OrderId = reader.ReadString(),
                Customer = reader.ReadString(),
                At = new DateTime(reader.ReadInt64(), DateTimeKind.Utc),
                Amount = reader.ReadDecimal(),
                Currency = reader.ReadString(),
                Country = reader.ReadString(),
                File = reader.ReadString(),
                LineNumber = reader.ReadInt64(),
            };
        }
    }

    public void Dispose() => _file.Dispose();
}
