using System.Diagnostics;
using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;

namespace Trainyard.Tests.Models;

/// <summary>How texts become words and pieces of them.</summary>
public sealed class TextGramsTests
{
    private const int Buckets = 1 << 16;

    /// <summary>A row each is somebody else's.</summary>
    private static readonly ulong[] Keys = [.. Enumerable.Range(0, 1000).Select(row => (ulong)row)];

    [Theory]
    // The end of a Greek word, whose lower case is by position; and letters that are no ASCII.
    [InlineData("ΟΔΟΣ Äpfel", "οδος ÄPFEL")]
    // Spaces, line breaks and punctuation only part words.
    [InlineData("printer, on\r\nfire!", "printer on (fire)")]
    [InlineData("👩‍👩‍👧 ok", "ok 👩‍👩‍👧")]
    public void Texts_that_say_the_same_are_the_same(string one, string other) =>
        Assert.Equal(Encoded(one, other)[0], Encoded(one, other)[1]);

    [Theory]
    // A family is not its members, nor a flag another one.
    [InlineData("👩‍👩‍👧", "👩 👩 👧", 0)]
    [InlineData("🇩🇪", "🇫🇷", 0)]
    // Where words have no spaces between them, each character counts, with the next one; and pieces of a word do.
    [InlineData("東京大学", "東京", 3)]
    [InlineData("passwords", "password", 6)]
    [InlineData("ภาษาไทย", "ภาษา", 2)]
    public void What_texts_have_in_common_is_known(string one, string other, int common)
    {
        var (first, second) = (Places(Encoded(one, other)[0]), Places(Encoded(one, other)[1]));

        Assert.Equal(common, first.Intersect(second).Count());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_null_an_empty_text_and_one_of_words_never_seen_are_told_apart()
    {
        var column = Column(["a known text", "a known text", null, "", "!!", "xyzzy"]);
        var (numbers, texts) = TextGrams.Learn(column, [0, 1], Buckets, int.MaxValue, Keys).Encode(column);

        Assert.Equal([new Gram(0, 1)], texts.Of(numbers[2]).ToArray());
        Assert.Equal(0, numbers[2]);
        Assert.All(new[] { 3, 4, 5 }, row => Assert.Empty(texts.Of(numbers[row]).ToArray()));
        Assert.Equal(
            TextGrams.Reach,
            Math.Sqrt(texts.Of(numbers[0]).ToArray().Sum(gram => (double)gram.Amount * gram.Amount)),
            1e-4
        );
    }

    [Fact]
    public void What_one_row_alone_has_is_not_kept_and_the_most_frequent_are_where_that_is_too_much()
    {
        var column = Column([.. Enumerable.Range(0, 9).Select(row => $"all {(row < 6 ? "most" : "few")} own{row}x")]);
        int[] rows = [.. Enumerable.Range(0, 9)];

        var all = TextGrams.Learn(column, rows, Buckets, int.MaxValue, Keys);
        var few = TextGrams.Learn(column, rows, Buckets, 4, Keys);

        Assert.All(all.Seen, seen => Assert.InRange(seen, 2, 9));
        Assert.Equal(["all", "most"], all.Names.Values.Order());
        Assert.Equal((4, 5), (few.Kept.Length, few.Places));
        Assert.All(few.Seen, seen => Assert.Equal(9, seen));
    }

    [Fact]
    public void A_name_is_that_of_a_word_that_five_rows_have_though_others_share_its_bucket()
    {
        // Among so few buckets each has several words.
        string[] words = [.. Enumerable.Range(0, 200).Select(word => $"w{word}")];
        string?[] rows = [.. Enumerable.Range(0, 400).Select(row => row < 20 ? words[0] : words[row % 200])];
        var grams = TextGrams.Learn(Column(rows), [.. Enumerable.Range(0, 400)], 64, int.MaxValue, Keys);

        Assert.All(
            grams.Names.Values,
            name => Assert.True(rows.Count(row => row == name) >= 5, $"'{name}' has a name")
        );
        Assert.Contains(words[0], grams.Names.Values);
    }

    [Fact]
    public void What_the_rows_of_one_key_say_has_no_name_however_often_they_say_it()
    {
        var rows = Enumerable.Range(0, 400).Select(row => row < 200 ? $"I am Ada {row}" : $"I am not {row}");
        ulong[] keys = [.. Enumerable.Range(0, 400).Select(row => row < 200 ? (ulong)(row % 4) : (ulong)row)];

        var grams = TextGrams.Learn(Column([.. rows]), [.. Enumerable.Range(0, 400)], Buckets, int.MaxValue, keys);

        Assert.Contains("not", grams.Names.Values);
        Assert.Contains("am", grams.Names.Values);
        Assert.DoesNotContain("ada", grams.Names.Values);
    }

    [Fact]
    public void Of_a_long_text_the_beginning_is_read_and_no_character_is_torn()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é😀", 200_000)));

        for (var most = 10; most < 16; most++)
        {
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(TextColumn.Cut(text, most)));
        }

        var column = new TextColumn("t", [1], [TextColumn.Cut(text, TextColumn.MostBytes).ToArray()], [400_000]);
        Assert.InRange(column.Texts[0].Length, TextColumn.MostBytes - 4, TextColumn.MostBytes);
        Assert.Equal(400_000, column.ToLengths()[0]);
    }

    /// <summary>A blob without a space is a word of many pieces, each once.</summary>
    [Fact]
    public void A_word_of_a_megabyte_costs_what_its_beginning_does()
    {
        var random = new Random(1);
        var blob = Column([new string([.. Enumerable.Range(0, 1 << 20).Select(_ => (char)('a' + random.Next(26)))])]);
        var watch = Stopwatch.StartNew();

        var (numbers, texts) = TextGrams.Learn(blob, [0, 0], Buckets, int.MaxValue, Keys).Encode(blob);

        Assert.InRange(texts.Of(numbers[0]).Length, 20_000, TextColumn.MostBytes + 2);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    [Fact]
    public void What_is_told_of_texts_is_words_that_have_a_name()
    {
        var column = Column([.. Enumerable.Range(0, 6).Select(row => $"dear {Secret(row)} the printer burns"), null]);
        var grams = TextGrams.Learn(column, [.. Enumerable.Range(0, 7)], Buckets, int.MaxValue, Keys);

        var told = grams.Told(column, 12);

        Assert.Equal("dear the", Encoding.UTF8.GetString(told.Texts[told.Codes[0] - 1]));
        Assert.True(told.IsNull(6));

        static string Secret(int row) => new([.. Enumerable.Range(0, 5).Select(at => (char)('a' + row + at))]);
    }

    private static Gram[][] Encoded(params string[] texts)
    {
        var column = Column(texts);
        int[] rows = [.. Enumerable.Range(0, texts.Length)];
        var (numbers, encoded) = TextGrams
            .Learn(column, [.. rows, .. rows], Buckets, int.MaxValue, Keys)
            .Encode(column);
        return [.. numbers.Select(number => encoded.Of(number).ToArray())];
    }

    private static int[] Places(Gram[] grams) => [.. grams.Select(gram => gram.Place)];

    private static TextColumn Column(IReadOnlyList<string?> texts) =>
        new(
            "text",
            [.. texts.Select((text, row) => text is null ? 0 : row + 1)],
            [
                .. texts.Select(text =>
                    TextColumn.Cut(Encoding.UTF8.GetBytes(text ?? ""), TextColumn.MostBytes).ToArray()
                ),
            ],
            [.. texts.Select(text => text?.Length ?? 0)]
        );
}
