using Trainyard.Features;

namespace MyPipeline.Features;

/// <summary>Whether an address is a person's own or a company's.</summary>
public sealed class EmailKind : IFeature
{
    private static readonly HashSet<string> Private = new(StringComparer.OrdinalIgnoreCase)
    {
        "gmail.com",
        "gmx.net",
        "icloud.com",
        "outlook.com",
        "proton.me",
        "yahoo.com",
    };

    public string Name => "email_kind";

    public FeatureKind Kind => FeatureKind.Category;

    public IReadOnlyList<string> Inputs => ["email"];

    public FeatureValue Compute(FeatureRow row)
    {
        if (row.Text(0) is not { } email)
        {
            return FeatureValue.Null;
        }

        return FeatureValue.Of(Private.Contains(email[(email.LastIndexOf('@') + 1)..]) ? "private" : "company");
    }
}
