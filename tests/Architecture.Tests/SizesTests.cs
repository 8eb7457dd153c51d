using System.Diagnostics;

namespace Trainyard.Tests.Architecture;

/// <summary>tests/sizes, which `make build` asks, in a folder of its own.</summary>
public sealed class SizesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-sizes-").FullName;

    public SizesTests() => Write("tests/sizes", File.ReadAllText(Path.Combine(ProjectFile.Root, "tests", "sizes")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("kit/Wide.cs")]
    [InlineData("steps/report/Page.razor")]
    [InlineData("docs/wide page.md")]
    [InlineData("docker/step.Dockerfile")]
    [InlineData("docker/.env.example")]
    [InlineData(".ci/run")]
    [InlineData("Makefile")]
    public void A_planted_wide_line_is_named(string file)
    {
        Write(file, $"narrow\n{Wide('x')}\n");

        Assert.Equal((65, $"{file}:2 is wider than 120 columns: wrap it.\n"), Ask());
    }

    [Theory]
    [InlineData("artifacts/made.md")]
    [InlineData("steps/report/assets/d3.min.js")]
    [InlineData("pipelines/flights/plan.json")]
    [InlineData("tests/Released/1.0/card.json")]
    [InlineData("sample/rows.csv")]
    public void What_nobody_here_writes_may_be_wide(string file)
    {
        Write(file, Wide('x'));

        Assert.Equal((0, ""), Ask());
    }

    [Fact]
    public void Columns_are_characters_and_120_are_not_too_many()
    {
        Write("kit/Narrow.cs", $"{Wide('é')[1..]}\n");

        Assert.Equal((0, ""), Ask());
    }

    [Fact]
    public void A_line_that_cannot_be_broken_is_let_through_and_the_next_is_not()
    {
        Write("kit/Pipelines/Expressions/Lexer.cs", $"@\"\\G{Wide('x')}\n{Wide('x')}\n");

        Assert.Equal((65, "kit/Pipelines/Expressions/Lexer.cs:2 is wider than 120 columns: wrap it.\n"), Ask());
    }

    [Theory]
    [InlineData("kit/Long.cs")]
    [InlineData("steps/report/Page.razor")]
    [InlineData("tests/dags/test_long.py")]
    public void A_planted_long_file_is_named_once_it_has_more_than_400_lines(string file)
    {
        Write(file, Lines(400));
        Assert.Equal((0, ""), Ask());

        Write(file, Lines(401));
        Write("docs/long.md", Lines(401));
        Assert.Equal((65, $"{file} has 401 lines, more than 400: divide it by subject.\n"), Ask());
    }

    [Fact]
    public void The_build_asks_before_anything_else() =>
        Assert.Matches(
            @"(?m)^build: .*\n\t@tests/sizes ",
            File.ReadAllText(Path.Combine(ProjectFile.Root, "Makefile"))
        );

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("narrow\n", count));

    private static string Wide(char letter) => new(letter, 121);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private (int Code, string Error) Ask()
    {
        using var process = Process.Start(
            new ProcessStartInfo("bash", [Path.Combine(_folder, "tests", "sizes")]) { RedirectStandardError = true }
        )!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
