using System.Diagnostics;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class FolderHashTests : IDisposable
{
    /// <summary>The same in the shell, as docs/operations.md has it.</summary>
    private const string Shell = """
        find . \( -name '.?*' -o -type d \( -name bin -o -name obj \) \) -prune -o -xtype f ! -path ./plan.json -printf '%P\0' | LC_ALL=C sort -z | xargs -0 -r sha256sum -z | sha256sum
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_what_sha256sum_says_whatever_the_names_and_line_ends_are()
    {
        foreach (
            var (name, text) in new[]
            {
                ("pipeline.yaml", "a: 1\r\n"),
                ("rows.sql", "SELECT 1\n"),
                ("a b.sql", ""),
                ("a\nb", "x"),
                ("ä.sql", "ü"),
                ("a\u0308.sql", "decomposed"),
                ("\uFF5E", "wide"),
                ("𝒳", "beyond the first plane"),
                ("Z", "upper"),
                ("a", "lower"),
                ("a-b", "x"),
                ("sub/a", "y"),
                ("sub-a", "z"),
                ("'\"$`\\", "quotes"),
                ("features/plan.json", "not the plan"),
                ("bina/x", "not built"),
            }
        )
        {
            Write(name, text);
        }

        File.CreateSymbolicLink(Path.Combine(_folder, "link.sql"), "rows.sql");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), "sub");
        var hash = FolderHash.Of(_folder);

        Assert.Equal(Said(), hash);
        foreach (
            var name in new[]
            {
                "bin/x.dll",
                "features/obj/y",
                "features/bin/z",
                "plan.json",
                ".git/config",
                "sub/.hidden",
            }
        )
        {
            Write(name, name);
        }

        Assert.Equal((hash, hash), (FolderHash.Of(_folder), Said()));
    }

    [Theory]
    [InlineData("rows.sql", "SELECT 1\n", "rows.sql", "SELECT 1\r\n")]
    [InlineData("rows.sql", "SELECT 1\n", "row.sql", "SELECT 1\n")]
    [InlineData("a/b", "x", "b", "x")]
    public void Another_name_or_another_byte_is_another_hash(
        string name,
        string text,
        string otherName,
        string otherText
    )
    {
        Write(name, text);
        var hash = FolderHash.Of(_folder);
        File.Delete(Path.Combine(_folder, name));
        Write(otherName, otherText);

        Assert.NotEqual(hash, FolderHash.Of(_folder));
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
