using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>What the system refuses, as .NET throws it here: each with its path and its exit code.</summary>
public sealed class IoFaultsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_not_there_is_66() =>
        Expect(ExitCode.MissingInput, "it is not there", In("none"), () => File.ReadAllText(In("none")));

    [Fact]
    public void A_folder_that_is_not_there_is_66() =>
        Expect(
            ExitCode.MissingInput,
            "its folder is not there: make it, or name another place",
            In("none/a"),
            () => File.WriteAllText(In("none/a"), "")
        );

    [Fact]
    public void A_folder_in_place_of_a_file_is_78() =>
        Expect(ExitCode.BadConfiguration, "it is a folder: name a file", _folder, () => File.ReadAllText(_folder));

    [Fact]
    public void A_file_in_place_of_a_folder_is_78()
    {
        File.WriteAllText(In("file"), "");

        Expect(
            ExitCode.BadConfiguration,
            "a file stands where a folder is needed: name another place",
            In("file"),
            () => Directory.CreateDirectory(In("file/below"))
        );
    }

    [Fact]
    public void A_name_that_is_too_long_is_78()
    {
        var name = In(new string('x', 300));

        Expect(
            ExitCode.BadConfiguration,
            "the name is too long for the file system: name a shorter one",
            name,
            () => File.WriteAllText(name, "")
        );
    }

    [Fact]
    public void Links_that_lead_in_a_circle_are_78()
    {
        File.CreateSymbolicLink(In("a"), In("b"));
        File.CreateSymbolicLink(In("b"), In("a"));

        Expect(ExitCode.BadConfiguration, "its symbolic links lead in a circle", In("a"), () => File.OpenRead(In("a")));
    }

    [Fact]
    public void A_file_that_another_has_locked_is_75()
    {
        using var held = new FileStream(In("lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        Expect(
            ExitCode.TemporaryFailure,
            "another process has locked it: try again",
            In("lock"),
            () => new FileStream(In("lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose()
        );
    }

    [Fact]
    public void A_full_disk_is_69() =>
        Expect(
            ExitCode.Unavailable,
            "No space left on device: make room",
            "/dev/full",
            () =>
            {
                using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.Write, 0);
                full.Write([1]);
            }
        );

    [Theory]
    [InlineData("IO Error: Cannot open file \"x\": Permission denied", ExitCode.NoPermission)]
    [InlineData("IO Error: Could not write: No space left on device", ExitCode.Unavailable)]
    [InlineData("IO Error: Cannot open file \"x\": Read-only file system", ExitCode.NoPermission)]
    public void The_system_s_words_in_another_s_message_have_the_same_code(string message, ExitCode code) =>
        Assert.Equal(code, IoFaults.CodeIn(message));

    [Fact]
    public void Other_words_have_none() => Assert.Null(IoFaults.CodeIn("Catalog Error: no such table"));

    private static void Expect(ExitCode code, string why, string path, Action action)
    {
        var thrown = Record.Exception(action);
        Assert.True(thrown is not null && IoFaults.Is(thrown), $"{thrown}");

        var fault = IoFaults.Of(thrown, "It cannot be used");

        Assert.Equal(code, fault.Code);
        Assert.EndsWith($"): {why}. Nothing was changed.", fault.Message, StringComparison.Ordinal);
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
