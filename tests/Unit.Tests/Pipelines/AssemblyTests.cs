using System.Reflection;
using System.Reflection.Emit;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>What is said of a team's DLL before anything loads it.</summary>
public sealed class AssemblyTests : IDisposable
{
    private static readonly Version Ours = typeof(Fault).Assembly.GetName().Version!;

    private readonly SpecFolder _folder = new(
        SpecFolder.Smallest.Replace(
            "numbers: [distance]",
            "assembly: features/bin/Team.Features.dll",
            StringComparison.Ordinal
        )
    );

    [Fact]
    public void A_DLL_that_needs_only_dotnet_and_the_interface_is_taken()
    {
        Write(
            References("System.Runtime", new Version(8, 0, 0, 0)),
            References("Trainyard.Features", new Version(Ours.Major, Ours.Minor, 99, 0))
        );
        Assert.Equal("features/bin/Team.Features.dll", _folder.Load().Spec.Features.Assembly);
    }

    [Fact]
    public void What_lies_beside_it_is_not_missing()
    {
        Write(References("Humanizer", new Version(3, 0, 0, 0)));
        _folder.Write("features/bin/Humanizer.dll", "");
        Assert.Equal(
            ["rows.sql", "features/bin/Humanizer.dll", "features/bin/Team.Features.dll"],
            _folder.Load().DefinitionFiles().Select(file => file.Name)
        );
    }

    [Fact]
    public void A_missing_dependency_is_named()
    {
        Write(References("Humanizer", new Version(3, 0, 0, 0)));
        Refused(
            "needs Humanizer.dll, which is not beside it; write "
                + "<EnableDynamicLoading>true</EnableDynamicLoading> in its project, so that a build puts there "
                + "what it needs."
        );
    }

    /// <summary>The step's own packages are no part of the interface.</summary>
    [Fact]
    public void What_this_program_happens_to_have_is_missing_all_the_same()
    {
        Write(References("NodaTime", new Version(3, 3, 0, 0)));
        Refused(
            "needs NodaTime.dll, which is not beside it; write "
                + "<EnableDynamicLoading>true</EnableDynamicLoading> in its project, so that a build puts there "
                + "what it needs."
        );
    }

    [Fact]
    public void A_DLL_for_a_newer_dotnet_is_refused()
    {
        Write(References("System.Runtime", new Version(11, 0, 0, 0)));
        Refused(
            "was built for .NET 11, and the steps run on .NET 10; write "
                + "<TargetFramework>net10.0</TargetFramework> in its project."
        );
    }

    [Fact]
    public void A_DLL_for_a_newer_interface_is_refused()
    {
        Write(References("Trainyard.Features", new Version(Ours.Major, Ours.Minor + 1, 0, 0)));
        Refused(
            $"was built with Trainyard.Features {Ours.Major}.{Ours.Minor + 1}.0, and the steps have "
                + $"{Ours.ToString(3)}; use steps of that version, or that version of the package."
        );
    }

    [Theory]
    [InlineData("features/bin/libmagic.so")]
    [InlineData("features/bin/runtimes/linux-x64/native/libmagic.so")]
    public void Native_code_is_refused(string file)
    {
        Write();
        _folder.Write(file, "");
        Refused(
            "depends on native code (the .so files beside it, or its folder runtimes), which does not travel "
                + "with a model; depend on managed code only."
        );
    }

    [Fact]
    public void What_is_no_assembly_is_refused()
    {
        _folder.Write("features/bin/Team.Features.dll", "text");
        Refused("is no .NET assembly; build it again.");
    }

    public void Dispose() => _folder.Dispose();

    private static AssemblyName References(string name, Version version) => new(name) { Version = version };

    private void Refused(string problem) =>
        Assert.Equal([$"pipeline.yaml:9:13: the DLL 'features/bin/Team.Features.dll' {problem}"], _folder.Mistakes());

    /// <summary>Writes a DLL with a class that derives from one of each reference.</summary>
    private void Write(params AssemblyName[] references)
    {
        var dll = new PersistedAssemblyBuilder(new AssemblyName("Team.Features"), typeof(object).Assembly);
        var module = dll.DefineDynamicModule("Team.Features");
        foreach (var reference in references)
        {
            var parent = new PersistedAssemblyBuilder(reference, typeof(object).Assembly)
                .DefineDynamicModule(reference.Name!)
                .DefineType("Parent", TypeAttributes.Public)
                .CreateType();
            module.DefineType($"Of{reference.Name}", TypeAttributes.Public, parent).CreateType();
        }

        var path = Path.Combine(_folder.Folder, "features/bin/Team.Features.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        dll.Save(path);
    }
}
