using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>
/// Walks over JSON text (RFC 8259) once, checks it, and says where the values stand. Nothing is copied or decoded: that
/// is what lets one pass over a body do. It accepts and refuses exactly what <see cref="Utf8JsonReader"/> does, bytes
/// that are no UTF-8 apart; a test compares the two on random texts.
/// </summary>
internal ref struct JsonScanner
{
    /// <summary>Nesting at which a text counts as broken; the limit of an event is lower and refuses that event alone.</summary>
    public const int MaxDepth = 1_000;

    // One such number makes ClickHouse's JSON functions return nothing for the whole document.
    private const int LongestSafeInteger = 18;
    private const int LongestSafeNumber = 300;

    private readonly ReadOnlySpan<byte> _json;
    private int _at;
    private int _depth;

    public JsonScanner(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>Offset of what comes next.</summary>
    public readonly int Position => _at;

    /// <summary>Deepest nesting since it was last set to the depth of here.</summary>
    public int DeepestSeen { get; set; }

    /// <summary>Objects and arrays that are open.</summary>
    public readonly int Depth => _depth;

    /// <summary>True once a number was seen that fits neither 64 bits nor a double; to be set back by the caller.</summary>
    public bool HasNumberOutOfRange { get; set; }

    /// <summary>The byte that comes next after white space, or 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        if (_at < _json.Length && _json[_at] > ' ')
            return _json[_at];
        return PeekBeyondSpace();
    }

    /// <summary>Enters the object or array that comes next; <see cref="Peek"/> has seen its bracket.</summary>
    /// <exception cref="JsonException">It is nested too deep.</exception>
    public void Enter()
    {
        _at++;
        if (++_depth > DeepestSeen)
            DeepestSeen = _depth;
        if (_depth > MaxDepth)
            throw Broken();
    }

    /// <summary>Moves to the next member of an object, and leaves the object after the last.</summary>
    /// <param name="isFirst">True until the first member was read.</param>
    /// <param name="name">Name of the member, with its quotes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextMember(ref bool isFirst, out JsonSlice name)
    {
        if (!NextItem(ref isFirst, (byte)'}'))
        {
            name = default;
            return false;
        }

        if (Peek() != '"')
            throw Broken();
        name = String();
        if (Peek() != ':')
            throw Broken();
        _at++;
        return true;
    }

    /// <summary>Moves to the next element of an array, or the next name of an object, and leaves it after the last.</summary>
    public bool NextItem(ref bool isFirst, byte end)
    {
        var next = Peek();
        if (next == end)
        {
            _at++;
            _depth--;
            return false;
        }

        if (isFirst)
        {
            isFirst = false;
            return true;
        }

        if (next != ',')
            throw Broken();
        _at++;
        // A comma before the end is none that JSON knows.
        if (Peek() == end)
            throw Broken();
        return true;
    }

    /// <summary>Passes over the value that comes next.</summary>
    public JsonSlice Value()
    {
        switch (Peek())
        {
            case (byte)'"':
                return String();
            case (byte)'{':
                return Object();
            case (byte)'[':
                return Array();
            case (byte)'t':
                return Literal("true"u8, JsonKind.True);
            case (byte)'f':
                return Literal("false"u8, JsonKind.False);
            case (byte)'n':
                return Literal("null"u8, JsonKind.Null);
            default:
                return Number();
        }
    }

    /// <summary>Checks that nothing but white space is left.</summary>
    public void End()
    {
        if (Peek() != 0 || _at < _json.Length)
            throw Broken();
    }

    /// <summary>An exception that says where the text stops being JSON.</summary>
    public readonly JsonException Broken()
    {
        var before = _json[..Math.Min(_at, _json.Length)];
        var line = before.Count((byte)'\n');
        return new JsonException("The text is not JSON.", path: null, line, before.Length - before.LastIndexOf((byte)'\n') - 1);
    }

    private byte PeekBeyondSpace()
    {
        for (; _at < _json.Length; _at++)
        {
            if (_json[_at] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                return _json[_at];
        }

        return 0;
    }

    private JsonSlice Object()
    {
        var start = _at;
        Enter();
        for (var isFirst = true; NextMember(ref isFirst, out _);)
            Value();
        return new JsonSlice(start, _at - start, JsonKind.Object);
    }

    private JsonSlice Array()
    {
        var start = _at;
        Enter();
        for (var isFirst = true; NextItem(ref isFirst, (byte)']');)
            Value();
        return new JsonSlice(start, _at - start, JsonKind.Array);
    }

    private JsonSlice String()
    {
        var start = _at++;
        var kind = JsonKind.String;
        while (true)
        {
            ToStringEnd();
            if (_at == _json.Length)
                throw Broken();
            var end = _json[_at];
            if (end == '"')
            {
                _at++;
                return new JsonSlice(start, _at - start, kind);
            }

            if (end != '\\')
                throw Broken();
            kind = JsonKind.EscapedString;
            Escape();
        }
    }

    // Moves to the next quote, backslash or control character.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ToStringEnd()
    {
        ref var text = ref MemoryMarshal.GetReference(_json);
        for (; _at + Vector256<byte>.Count <= _json.Length; _at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref text, (nuint)_at);
            var ends = Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)0x1F)), bytes);
            var found = ends.ExtractMostSignificantBits();
            if (found == 0)
                continue;
            _at += BitOperations.TrailingZeroCount(found);
            return;
        }

        while (_at < _json.Length && _json[_at] is not ((byte)'"' or (byte)'\\' or < 0x20))
            _at++;
    }

    private void Escape()
    {
        if (_at + 1 >= _json.Length)
            throw Broken();
        switch (_json[_at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                _at += 2;
                return;
            case (byte)'u':
                for (var i = 2; i < 6; i++)
                {
                    if (_at + i >= _json.Length || !char.IsAsciiHexDigit((char)_json[_at + i]))
                        throw Broken();
                }

                _at += 6;
                return;
            default:
                throw Broken();
        }
    }

    private JsonSlice Literal(ReadOnlySpan<byte> text, JsonKind kind)
    {
        if (!_json[_at..].StartsWith(text))
            throw Broken();
        _at += text.Length;
        return new JsonSlice(_at - text.Length, text.Length, kind);
    }

    private JsonSlice Number()
    {
        var start = _at;
        if (_at < _json.Length && _json[_at] == '-')
            _at++;
        var first = _at;
        Digits();
        if (_at - first > 1 && _json[first] == '0')
            throw Broken();

        var isInteger = true;
        if (_at < _json.Length && _json[_at] == '.')
        {
            isInteger = false;
            _at++;
            Digits();
        }

        if (_at < _json.Length && _json[_at] is (byte)'e' or (byte)'E')
        {
            isInteger = false;
            _at++;
            if (_at < _json.Length && _json[_at] is (byte)'+' or (byte)'-')
                _at++;
            Digits();
            CheckRange(_json[start.._at], isInteger);
        }
        else if (_at - start > LongestSafeInteger)
        {
            CheckRange(_json[start.._at], isInteger);
        }

        return new JsonSlice(start, _at - start, JsonKind.Number);
    }

    private void Digits()
    {
        var start = _at;
        while (_at < _json.Length && (uint)(_json[_at] - '0') <= 9)
            _at++;
        if (_at == start)
            throw Broken();
    }

    private void CheckRange(ReadOnlySpan<byte> digits, bool isInteger)
    {
        var isReadable = isInteger
            ? long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                || ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            : digits.Length <= LongestSafeNumber
                && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        HasNumberOutOfRange |= !isReadable;
    }
}
