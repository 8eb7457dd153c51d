using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;
using Trainyard.Hosting;

namespace Trainyard.Cli;

/// <summary>Tables on standard output: a row a line, which on a terminal ends where the terminal does.</summary>
internal static class Tables
{
    private const string Between = "  ";
    private const char More = '…';

    public static async Task WriteAsync(
        Invocation invocation,
        IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        string indent = ""
    )
    {
        var width = invocation.IsOutputRedirected ? 0 : Console.WindowWidth;
        foreach (var line in Lines(columns, rows, width > 0 ? width - indent.Length : int.MaxValue))
        {
            await invocation.Output.WriteLineAsync(indent + line);
        }
    }

    /// <summary>The lines of a table, its columns side by side.</summary>
    public static IEnumerable<string> Lines(
        IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        int width = int.MaxValue
    )
    {
        // Several findings of one failure are lines of one cell.
        List<IReadOnlyList<string>> all =
        [
            columns,
            .. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(text => text.ReplaceLineEndings(" "))]),
        ];
        var widths = columns.Select((_, at) => all.Max(row => WidthOf(row[at]))).ToList();
        return all.Select(row =>
            Cut(
                string.Join(Between, row.Select((text, at) => text + new string(' ', widths[at] - WidthOf(text))))
                    .TrimEnd(),
                width
            )
        );
    }

    /// <summary>As much of a line as fits, whatever room its characters take.</summary>
    private static string Cut(string line, int width)
    {
        if (WidthOf(line) <= width)
        {
            return line;
        }

        var (cut, used) = (new StringBuilder(), 1);
        for (var letters = StringInfo.GetTextElementEnumerator(line); letters.MoveNext(); )
        {
            var letter = letters.GetTextElement();
            used += WidthOf(letter);
            if (used > width)
            {
                break;
            }

            cut.Append(letter);
        }

        return $"{cut.ToString().TrimEnd()}{More}";
    }

    private static int WidthOf(string text) => new Segment(text).CellCount();
}
