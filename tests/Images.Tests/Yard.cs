namespace Trainyard.Tests.Images;

/// <summary>A folder as a reader of the README has it after `make run`: the flights pipeline, and its tables in a
/// DuckDB file. It goes when the test ends.</summary>
internal sealed class Yard : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("trainyard-images-").FullName;

    /// <summary>What the containers see as /yard.</summary>
    public string Data => Path.Combine(Folder, "artifacts", "run");

    public static async Task<Yard> MakeAsync()
    {
        var yard = new Yard();
        Directory.CreateDirectory(yard.Data);
        (
            await Docker.PasteAsync(
                "chmod 755 . && mkdir pipelines && "
                    + $"cp -r '{Path.Combine(Programs.Root, "pipelines", "flights")}' pipelines && "
                    + $"cp -r '{Path.Combine(Programs.Root, "docker")}' . && rm -f docker/.env docker/steps.env",
                yard.Folder
            )
        ).With(0);
        await yard.LoadAsync(rowsPerDay: 60);
        return yard;
    }

    /// <summary>A year of flights instead of those that are there.</summary>
    public async Task LoadAsync(int rowsPerDay) =>
        (
            await Programs.RunAsync(
                "sample",
                [
                    "flights",
                    "--warehouse",
                    $"duckdb:{Path.Combine(Data, "warehouse.duckdb")}",
                    "--rows-per-day",
                    $"{rowsPerDay}",
                ]
            )
        ).With(0);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
