using System.Reflection;
using System.Reflection.Emit;
using Trainyard.Features;

namespace Trainyard.Tests.FeaturesStep;

/// <summary>A class that implements <see cref="IFeature"/>, for a DLL that a test makes.</summary>
/// <param name="Class">The name of the class.</param>
/// <param name="Name">What its Name says.</param>
/// <param name="Inputs">What its Inputs say.</param>
/// <param name="Compute">Emits the body of Compute, which leaves a value on the stack; the row is argument 1.</param>
internal sealed record SomeFeature(
    string Class,
    string Name,
    string[] Inputs,
    Action<ILGenerator> Compute,
    FeatureKind Kind = FeatureKind.Number
)
{
    /// <summary>Emits the body of get_Name instead, where it does more than return the name.</summary>
    public Action<ILGenerator>? Named { get; init; }

    public static Action<ILGenerator> TwiceTheFirst { get; } =
        il =>
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Callvirt, typeof(FeatureRow).GetMethod(nameof(FeatureRow.Number))!);
            il.Emit(OpCodes.Ldc_R8, 2.0);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Call, typeof(FeatureValue).GetMethod(nameof(FeatureValue.Of), [typeof(double)])!);
        };

    public static Action<ILGenerator> Text(string text) =>
        il =>
        {
            il.Emit(OpCodes.Ldstr, text);
            il.Emit(OpCodes.Call, typeof(FeatureValue).GetMethod(nameof(FeatureValue.Of), [typeof(string)])!);
        };

    public static Action<ILGenerator> Throws(string message) =>
        il =>
        {
            il.Emit(OpCodes.Ldstr, message);
            il.Emit(OpCodes.Newobj, typeof(ArgumentException).GetConstructor([typeof(string)])!);
            il.Emit(OpCodes.Throw);
        };

    /// <summary>Calls a method in a DLL of this name. There is none beside the features, whatever this program has of
    /// that name.</summary>
    public static Action<ILGenerator> Needs(string library) =>
        il =>
        {
            il.Emit(OpCodes.Call, Stub(library).GetMethod("Run")!);
            Text("never")(il);
        };

    /// <summary>The bytes of a DLL with these features.</summary>
    public static byte[] Dll(string name, params SomeFeature[] features)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule(name);
        foreach (var feature in features)
        {
            feature.Define(module);
        }

        return Bytes(assembly);
    }

    /// <summary>The bytes of a DLL whose one class derives from a class in a DLL that is not there.</summary>
    public static byte[] DllWithoutItsDependency(string name)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        assembly
            .DefineDynamicModule(name)
            .DefineType($"{name}.Child", TypeAttributes.Public, Stub("Missing"))
            .CreateType();
        return Bytes(assembly);
    }

    private static Type Stub(string library)
    {
        var type = new PersistedAssemblyBuilder(new AssemblyName(library), typeof(object).Assembly)
            .DefineDynamicModule(library)
            .DefineType($"{library}.Parent", TypeAttributes.Public);
        var method = type.DefineMethod("Run", MethodAttributes.Public | MethodAttributes.Static);
        method.GetILGenerator().Emit(OpCodes.Ret);
        return type.CreateType();
    }

    private static byte[] Bytes(PersistedAssemblyBuilder assembly)
    {
        using var stream = new MemoryStream();
        assembly.Save(stream);
        return stream.ToArray();
    }

    private void Define(ModuleBuilder module)
    {
        var type = module.DefineType(
            Class,
            TypeAttributes.Public | TypeAttributes.Sealed,
            typeof(object),
            [typeof(IFeature)]
        );
        Method(type, "get_Name", typeof(string), [], Named ?? (il => il.Emit(OpCodes.Ldstr, Name)));
        Method(type, "get_Kind", typeof(FeatureKind), [], il => il.Emit(OpCodes.Ldc_I4, (int)Kind));
        Method(
            type,
            "get_Inputs",
            typeof(IReadOnlyList<string>),
            [],
            il =>
            {
                il.Emit(OpCodes.Ldc_I4, Inputs.Length);
                il.Emit(OpCodes.Newarr, typeof(string));
                foreach (var (at, input) in Inputs.Index())
                {
                    il.Emit(OpCodes.Dup);
                    il.Emit(OpCodes.Ldc_I4, at);
                    il.Emit(OpCodes.Ldstr, input);
                    il.Emit(OpCodes.Stelem_Ref);
                }
            }
        );
        Method(type, nameof(IFeature.Compute), typeof(FeatureValue), [typeof(FeatureRow)], Compute);
        type.CreateType();
    }

    private static void Method(TypeBuilder type, string name, Type returns, Type[] takes, Action<ILGenerator> body)
    {
        var method = type.DefineMethod(
            name,
            MethodAttributes.Public
                | MethodAttributes.Virtual
                | MethodAttributes.Final
                | MethodAttributes.HideBySig
                | MethodAttributes.NewSlot,
            returns,
            takes
        );
        var il = method.GetILGenerator();
        body(il);
        il.Emit(OpCodes.Ret);
    }
}
