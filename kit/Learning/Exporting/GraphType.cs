namespace Trainyard.Learning.Exporting;

/// <summary>What a value of a graph holds.</summary>
public enum GraphType
{
    /// <summary>Numbers of 64 bits.</summary>
    Number,

    /// <summary>Numbers of 32 bits.</summary>
    Single,

    /// <summary>Integers.</summary>
    Whole,

    Text,
    Flag,

    /// <summary>Small integers.</summary>
    Byte,
}
