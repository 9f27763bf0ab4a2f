using System.Buffers.Binary;
using LifecycleMetrics.Ingest.Spool;
using Microsoft.Win32.SafeHandles;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>
/// Keeps the writer's position in the spool directory. Two slots are written in turn, so that one is whole whatever
/// happens. Both have their place on the disk before there is a position: a spool that has filled its disk could not be
/// emptied any more if the position needed room.
/// <code>slot: u64 version · u64 segment · i64 confirmed · i64 in flight · u32 CRC-32C of all before</code>
/// </summary>
internal sealed class PositionFile(string directory, IDisk disk) : IDisposable
{
    private const int SlotBytes = 36;
    private const int SlotDistance = 4_096;
    private const int FileBytes = 2 * SlotDistance;
    private SafeFileHandle? _file;
    private ulong _version;

    /// <summary>The last position written; null if there is none or both slots are damaged.</summary>
    public WritePosition? Read()
    {
        var file = Open();
        WritePosition? found = null;
        _version = 0;
        Span<byte> slot = stackalloc byte[SlotBytes];
        for (var i = 0; i < 2; i++)
        {
            if (RandomAccess.Read(file, slot, i * SlotDistance) != SlotBytes
                || BinaryPrimitives.ReadUInt32LittleEndian(slot[32..]) != Crc32C.Of(slot[..32]))
                continue;
            var version = BinaryPrimitives.ReadUInt64LittleEndian(slot);
            if (version <= _version)
                continue;
            _version = version;
            found = new(
                BinaryPrimitives.ReadUInt64LittleEndian(slot[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(slot[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(slot[24..]));
        }

        return found;
    }

    /// <exception cref="IOException">The position may not be safe on disk.</exception>
    public void Write(WritePosition position)
    {
        var file = Open();
        try
        {
            var version = _version + 1;
            Span<byte> slot = stackalloc byte[SlotBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(slot, version);
            BinaryPrimitives.WriteUInt64LittleEndian(slot[8..], position.Segment);
            BinaryPrimitives.WriteInt64LittleEndian(slot[16..], position.Confirmed);
            BinaryPrimitives.WriteInt64LittleEndian(slot[24..], position.InFlight);
            BinaryPrimitives.WriteUInt32LittleEndian(slot[32..], Crc32C.Of(slot[..32]));
            RandomAccess.Write(file, slot, (long)(version % 2) * SlotDistance);
            disk.SyncData(file);
            _version = version;
        }
        catch (IOException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private SafeFileHandle Open()
    {
        if (_file is not null)
            return _file;
        var path = Path.Combine(directory, "position");
        var isNew = !File.Exists(path);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            TakePlace(file);
            if (isNew)
                disk.SyncDirectory(directory);
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }

        return _file = file;
    }

    // What is there is written again as it is, so that a crash in between changes nothing.
    private void TakePlace(SafeFileHandle file)
    {
        if (RandomAccess.GetLength(file) >= FileBytes)
            return;
        Span<byte> slots = stackalloc byte[FileBytes];
        slots.Clear();
        _ = RandomAccess.Read(file, slots, 0);
        RandomAccess.Write(file, slots, 0);
        disk.SyncData(file);
    }
}
