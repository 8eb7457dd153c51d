using System.Text;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class Utf8TextTests
{
    private const string Utf16 = "this is UTF-16 (or UTF-32), not UTF-8: save the file as UTF-8.";

    public static TheoryData<byte[], string> NoText =>
        new()
        {
            {
                Encoding.Latin1.GetBytes("SELECT 1\r\n-- München\n"),
                "2:5: the byte 0xFC is not UTF-8: save the file as UTF-8."
            },
            { [0xEF, 0xBB, 0xBF, (byte)'\n', 0xC3], "2:1: the byte 0xC3 is not UTF-8: save the file as UTF-8." },
            // An overlong form, half of a pair of UTF-16, and beyond Unicode.
            { [0xC0, 0x80], "1:1: the byte 0xC0 is not UTF-8: save the file as UTF-8." },
            { [(byte)'a', 0xED, 0xA0, 0x80], "1:2: the byte 0xED is not UTF-8: save the file as UTF-8." },
            { [0xF5, 0x80, 0x80, 0x80], "1:1: the byte 0xF5 is not UTF-8: save the file as UTF-8." },
            { [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("SELECT")], $"1:1: {Utf16}" },
            { [.. Encoding.BigEndianUnicode.Preamble, 0, (byte)'S'], $"1:1: {Utf16}" },
            { [.. Encoding.UTF32.Preamble, (byte)'S', 0, 0, 0], $"1:1: {Utf16}" },
            {
                Encoding.Unicode.GetBytes("SELECT"),
                "1:2: there is a NUL byte, as in UTF-16 or in what is no text: save the file as UTF-8."
            },
        };

    [Theory]
    [MemberData(nameof(NoText))]
    public void What_is_no_UTF_8_is_78_with_its_place(byte[] content, string message)
    {
        var fault = Assert.Throws<Fault>(() => Utf8Text.Decode(content, "rows.sql"));
        Assert.Equal(
            (ExitCode.BadConfiguration, $"rows.sql:{message} Nothing was changed."),
            (fault.Code, fault.Message)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("SELECT 'München, 預測, 🚂'\r\n")]
    public void A_mark_is_no_part_of_the_text(string text)
    {
        Assert.Equal(text, Utf8Text.Decode(Encoding.UTF8.GetBytes(text), "rows.sql"));
        Assert.Equal(text, Utf8Text.Decode([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "rows.sql"));
    }

    [Fact]
    public void Both_files_of_a_pipeline_are_read_so()
    {
        using var folder = new SpecFolder();
        File.WriteAllText(Path.Combine(folder.Folder, "pipeline.yaml"), SpecFolder.Smallest, Encoding.UTF8);
        File.WriteAllText(Path.Combine(folder.Folder, "rows.sql"), SpecFolder.Rows, Encoding.UTF8);
        Assert.Equal(SpecFolder.Rows, folder.Load().SqlText(RunShape.Of(RunKind.Train)));

        File.WriteAllText(Path.Combine(folder.Folder, "rows.sql"), "-- ü\n" + SpecFolder.Rows, Encoding.Latin1);
        Assert.Equal(["rows.sql:1:4: the byte 0xFC is not UTF-8: save the file as UTF-8."], folder.Mistakes());

        File.WriteAllText(Path.Combine(folder.Folder, "pipeline.yaml"), SpecFolder.Smallest, Encoding.Unicode);
        Assert.Equal([$"pipeline.yaml:1:1: {Utf16}"], folder.Mistakes());
    }
}
