namespace Trainyard.Registry;

/// <summary>The sections in which exhibits and facts are shown.</summary>
public static class Sections
{
    /// <summary>How good it is: whatever names no other section that is known.</summary>
    public const string Quality = "quality";

    /// <summary>What it looks at.</summary>
    public const string Inputs = "inputs";

    /// <summary>Of facts: what the model is, beside where it came from.</summary>
    public const string Model = "model";
}
