using System.Text;
using ClickHouse.Data.Http;

namespace ClickHouse.Data.Tests.Http;

/// <summary>The error block at the end of a body, wherever the network cuts it.</summary>
public sealed class ResponseBodyTests
{
    private const string Tag = "uqmwofazmqzsuriw";
    private const string Message = "Code: 395. DB::Exception: Value passed. (FUNCTION_THROW_IF_VALUE_IS_NON_ZERO) (version 26.7.2.1)";
    private static readonly string Block = $"\r\n__exception__\r\n{Tag}\r\n{Message}\n275 {Tag}\r\n__exception__\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(100_000)]
    public async Task ErrorBlock_InAnyPieces_IsKeptFromTheRows(int piece)
    {
        var rows = Encoding.UTF8.GetBytes("row\r\n__exception__\r\nnot the tag\r\n\r\n__exc");
        await using var body = Body([.. rows, .. Encoding.UTF8.GetBytes(Block)], piece, isCut: true);
        var taken = new List<byte>();

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => TakeAsync(body, taken));

        Assert.Equal(rows, taken);
        Assert.Equal((395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"), (error.ServerCode, error.ServerCodeName));
        Assert.Equal(Message, error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task BodyThatEndsLikeTheBeginningOfABlock_IsGivenWhole(int piece)
    {
        var rows = Encoding.UTF8.GetBytes("row\r\n__exception__\r\nuqmwofaz");
        await using var body = Body(rows, piece, isCut: false);
        var taken = new List<byte>();

        await TakeAsync(body, taken);

        Assert.Equal(rows, taken);
        Assert.True(body.IsComplete);
    }

    [Fact]
    public async Task CutConnection_IsTransient()
    {
        await using var body = Body("row"u8.ToArray(), 10, isCut: true);

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => TakeAsync(body, []));

        Assert.True(error.IsTransient);
        Assert.Equal("q", error.QueryId);
    }

    [Fact]
    public async Task CutConnection_OfAServerWithoutTag_GivesTheTextAtItsEnd()
    {
        await using var body = Body(Encoding.UTF8.GetBytes("row" + Message), 10, isCut: true, tag: null);

        var error = await Assert.ThrowsAsync<ClickHouseException>(async () =>
        {
            while (await body.FillAsync(TestContext.Current.CancellationToken))
            {
            }
        });

        Assert.Equal(395, error.ServerCode);
    }

    private static async Task TakeAsync(ResponseBody body, List<byte> taken)
    {
        while (await body.FillAsync(TestContext.Current.CancellationToken))
        {
            taken.AddRange(body.Available);
            body.Consume(body.Available.Length);
        }
    }

    private static ResponseBody Body(byte[] data, int piece, bool isCut, string? tag = Tag)
    {
        var response = new HttpResponseMessage();
        if (tag is not null)
        {
            response.Headers.Add("X-ClickHouse-Exception-Tag", tag);
        }

        return new ResponseBody(response, new PiecewiseStream(data, piece, isCut), "q");
    }

    /// <summary>Gives a few bytes at a time, and then ends or breaks.</summary>
    private sealed class PiecewiseStream(byte[] data, int piece, bool isCut) : MemoryStream(data)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
            return count == 0 && isCut ? throw new IOException("The connection was cut.") : count;
        }
    }
}
