using System.Diagnostics;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class FolderHashTests : IDisposable
{
    /// <summary>The same in the shell, as docs/operations.md has it.</summary>
    private const string Shell = """
        { printf 'pipeline.yaml\0rows.sql\0'
          find features \( -name '.?*' -o -type d \( -name bin -o -name obj \) \) -prune -o \
            -xtype f ! -name '*.md' -print0
          } | LC_ALL=C sort -zu |
          xargs -0 -n 1 sh -c 'printf "%s  %s\0" "$(sed -z "s/\r\n/\n/g" "$0" | sha256sum | cut -c-64)" "$0"' |
          sha256sum
        """;

    private static readonly string[] Named = ["pipeline.yaml", "rows.sql"];

    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_what_the_shell_says_whatever_the_names_and_line_ends_are()
    {
        foreach (
            var (name, text) in new[]
            {
                ("pipeline.yaml", "a: 1\r\n"),
                ("rows.sql", "SELECT 1\n"),
                ("features/a b.cs", ""),
                ("features/a\nb", "x"),
                ("features/ä.cs", "ü"),
                ("features/a\u0308.cs", "decomposed"),
                ("features/\uFF5E", "wide"),
                ("features/𝒳", "beyond the first plane"),
                ("features/Z", "upper"),
                ("features/a", "lower\r\n\r\r\n\r"),
                ("features/a-b", "x"),
                ("features/sub/a", "y"),
                ("features/sub-a", "z"),
                ("features/'\"$`\\", "quotes"),
                ("features/plan.json", "not the plan"),
                ("features/bina/x", "not built"),
            }
        )
        {
            Write(name, text);
        }

        File.CreateSymbolicLink(Path.Combine(_folder, "features", "link.cs"), "../rows.sql");
        File.CreateSymbolicLink(Path.Combine(_folder, "features", "broken.cs"), "nowhere");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "features", "linked"), "sub");
        var hash = FolderHash.Of(_folder, Named);

        Assert.Equal(Said(), hash);
        foreach (
            var name in new[]
            {
                "NOTES",
                "README.md",
                "try.sql",
                "plan.json",
                "features/README.md",
                "features/sub/obj/y",
                "features/bin/z",
                "features/sub/.hidden",
            }
        )
        {
            Write(name, name);
        }

        Assert.Equal((hash, hash), (FolderHash.Of(_folder, Named), Said()));
    }

    [Theory]
    [InlineData("rows.sql", "SELECT 1\n", "rows.sql", "SELECT 1\r\n", true)]
    [InlineData("rows.sql", "SELECT 1\n", "rows.sql", "SELECT 1\r", false)]
    [InlineData("rows.sql", "SELECT 1\n", "rows.sql", "SELECT 1\n\n", false)]
    [InlineData("features/b/a.cs", "x", "features/a.cs", "x", false)]
    public void Another_name_or_another_byte_is_another_hash_and_another_line_end_is_not(
        string name,
        string text,
        string otherName,
        string otherText,
        bool isSame
    )
    {
        Write("pipeline.yaml", "a: 1\n");
        Write("rows.sql", "SELECT 2\n");
        Write(name, text);
        var hash = FolderHash.Of(_folder, Named);
        File.Delete(Path.Combine(_folder, name));
        Write(otherName, otherText);

        Assert.Equal(isSame, hash == FolderHash.Of(_folder, Named));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Said()
    {
        using var process = Process.Start(
            new ProcessStartInfo("sh", ["-c", Shell]) { WorkingDirectory = _folder, RedirectStandardOutput = true }
        )!;
        return process.StandardOutput.ReadToEnd().Split(' ')[0];
    }
}
