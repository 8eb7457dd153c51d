using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Tests.Stores;

public sealed class SealedTests
{
    private static readonly Cost Some = new() { Seconds = 1.5, Bytes = 4 };

    [Fact]
    public void A_document_reads_as_it_was_written() =>
        Assert.Equal(Some, Sealed.Read<Cost>(Sealed.Bytes(Some), "cost.json"));

    [Fact]
    public void It_is_json_whose_last_member_is_the_seal()
    {
        using var document = System.Text.Json.JsonDocument.Parse(Sealed.Bytes(Some));

        Assert.Equal("seal", document.RootElement.EnumerateObject().Last().Name);
        Assert.Equal(1.5, document.RootElement.GetProperty("seconds").GetDouble());
    }

    [Fact]
    public void No_bit_of_it_can_be_another()
    {
        var bytes = Sealed.Bytes(Some);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(ExitCode.BadData, Assert.Throws<Fault>(() => Sealed.Read<Cost>(changed, "cost.json")).Code);
        }
    }

    [Fact]
    public void No_end_of_it_can_be_missing()
    {
        var bytes = Sealed.Bytes(Some);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(
                ExitCode.BadData,
                Assert.Throws<Fault>(() => Sealed.Read<Cost>(bytes.AsSpan()[..length], "cost.json")).Code
            );
        }
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Equal(
            "cost.json is not a file this version of Trainyard wrote: it does not end with its seal. Nothing "
                + "was changed; start a new run.",
            Assert.Throws<Fault>(() => Sealed.Read<Cost>("{}"u8, "cost.json")).Message
        );
        var changed = Sealed.Bytes(Some);
        changed[15]++;
        Assert.Equal(
            "cost.json is not what was written: its seal does not fit. Nothing was changed; start a new run.",
            Assert.Throws<Fault>(() => Sealed.Read<Cost>(changed, "cost.json")).Message
        );
    }

    private sealed record Cost : IDocument
    {
        public int Format { get; init; } = 1;
        public required double Seconds { get; init; }
        public required long Bytes { get; init; }
    }
}
