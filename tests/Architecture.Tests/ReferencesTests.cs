namespace Trainyard.Tests.Architecture;

public sealed class ReferencesTests
{
    [Fact]
    public void Projects_reference_only_what_the_table_allows()
    {
        var projects = ProjectFile.All();

        Assert.Empty(ReferenceTable.Violations(projects));
        Assert.Equal(ReferenceTable.Rows.Keys.Order(), projects.Select(project => project.Name).Order());
    }

    [Theory]
    [InlineData(
        "train",
        "<ProjectReference Include=\"../score/score.csproj\" />",
        "train may not reference the project score."
    )]
    [InlineData(
        "train",
        "<ProjectReference Include=\"../../kit/Warehouses/Trainyard.Warehouses.csproj\" />",
        "train may not reference the project Warehouses."
    )]
    [InlineData("extract", "<PackageReference Include=\"Npgsql\" />", "extract may not use the package Npgsql.")]
    [InlineData("common", "", "common has no row in the table.")]
    public void A_planted_violation_is_caught(string project, string reference, string expected) =>
        Assert.Equal(
            [expected],
            ReferenceTable.Violations([
                ProjectFile.Parse(project, isKit: false, $"<Project><ItemGroup>{reference}</ItemGroup></Project>"),
            ])
        );

    [Fact]
    public void A_kit_project_that_leaks_its_package_is_caught() =>
        Assert.Equal(
            ["Trainyard.Stores must keep the package AWSSDK.S3 to itself: PrivateAssets=\"compile\"."],
            ReferenceTable.Violations([
                ProjectFile.Parse(
                    "Trainyard.Stores",
                    isKit: true,
                    "<Project><PackageReference Include=\"AWSSDK.S3\" /></Project>"
                ),
            ])
        );

    [Fact]
    public void Transitive_references_are_off_so_that_the_table_is_the_truth() =>
        Assert.Contains(
            "<DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>",
            File.ReadAllText(Path.Combine(ProjectFile.Root, "Directory.Build.props")),
            StringComparison.Ordinal
        );

    [Fact]
    public void No_folder_has_a_name_that_says_nothing()
    {
        string[] empty = ["Common", "Shared", "Core", "Utils", "Helpers", "Manager"];
        var folders = Directory
            .EnumerateDirectories(ProjectFile.Root, "*", SearchOption.AllDirectories)
            .Where(folder =>
                !folder.Contains("/artifacts", StringComparison.Ordinal)
                && !folder.Contains("/.git", StringComparison.Ordinal)
                && !folder.Contains("/obj", StringComparison.Ordinal)
            )
            .Select(Path.GetFileName)
            .ToList();

        Assert.Contains("kit", folders);
        Assert.DoesNotContain(folders, folder => empty.Contains(folder, StringComparer.OrdinalIgnoreCase));
    }
}
