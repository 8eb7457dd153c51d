using System.Text;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Tests.Stores;

public sealed class DocumentsTests
{
    private static readonly string Ours = typeof(Documents).Assembly.GetName().Version!.ToString(3);

    [Fact]
    public void The_first_format_is_as_1_0_wrote_it() =>
        Assert.Equal("{\n  \"format\": 1,\n  \"name\": \"a\"\n}\n", Text(new Note { Name = "a" }));

    [Fact]
    public void A_later_format_says_who_reads_it_and_reads_as_it_was_written()
    {
        var note = new Note
        {
            Format = 2,
            Name = "a",
            Colour = "red",
        };

        Assert.Equal(
            "{\n  \"format\": 2,\n  \"needs\": \"1.3.0\",\n  \"name\": \"a\",\n  \"colour\": \"red\"\n}\n",
            Text(note)
        );
        Assert.Equal(note, Documents.Read<Note>(Documents.Bytes(note), "note.json"));
        Assert.Equal(note, Sealed.Read<Note>(Sealed.Bytes(note), "note.json"));
    }

    [Theory]
    [InlineData(1, "1.0.0")]
    [InlineData(2, "1.0.0", "1.3.0")]
    [InlineData(2, "1.1.0")]
    public void The_oldest_format_is_taken_that_holds_all(int format, params string[] versions) =>
        Assert.Equal(format, Documents.FormatOf<Note>(versions));

    [Fact]
    public void An_older_format_is_read() =>
        Assert.Equal(new Note { Name = "a" }, Documents.Read<Note>("""{"format": 1, "name": "a"}"""u8, "note.json"));

    [Theory]
    [InlineData("""{"format": 3, "needs": "1.5.0", "name": 7, "x": []}""", "Use Trainyard 1.5.0 or later.")]
    [InlineData("""{"format": 3, "producer": {"version": "1.6.1"}}""", "Use Trainyard 1.6.1 or later.")]
    [InlineData(
        """{"format": 3, "needs": "1.5.0", "producer": {"version": "1.6.1"}}""",
        "Use Trainyard 1.5.0 or later."
    )]
    [InlineData("""{"format": 3}""", "Use the version that wrote it or later.")]
    public void A_newer_format_is_refused_before_anything_in_it_is_looked_at(string json, string remedy)
    {
        var fault = Assert.Throws<Fault>(() => Documents.Read<Note>(Encoding.UTF8.GetBytes(json), "note.json"));

        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                $"note.json was written by a later version of Trainyard: it has format 3, and Trainyard {Ours} reads "
                    + $"formats up to 2. {remedy} Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"format": "2", "name": "a"}""")]
    [InlineData("""{"format": 1, "name": "a", "x": 1}""")]
    public void What_is_none_is_65(string json) =>
        Assert.Equal(
            ExitCode.BadData,
            Assert.Throws<Fault>(() => Documents.Read<Note>(Encoding.UTF8.GetBytes(json), "note.json")).Code
        );

    private static string Text(Note note) => Encoding.UTF8.GetString(Documents.Bytes(note));

    /// <summary>A document that has been extended once.</summary>
    private sealed record Note : IDocument
    {
        public static IReadOnlyList<string> Formats => ["1.0.0", "1.3.0"];

        public int Format { get; init; } = 1;
        public required string Name { get; init; }
        public string? Colour { get; init; }
    }
}
