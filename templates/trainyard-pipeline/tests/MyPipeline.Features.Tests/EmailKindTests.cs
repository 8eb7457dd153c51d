using Trainyard.Features;

namespace MyPipeline.Features.Tests;

public sealed class EmailKindTests
{
    [Theory]
    [InlineData("ada@gmail.com", "private")]
    [InlineData("ada@GMail.com", "private")]
    [InlineData("ada@shop.example", "company")]
    [InlineData(null, null)]
    public void A_domain_says_whose_the_address_is(string? email, string? kind) =>
        Assert.Equal(FeatureValue.Of(kind), new EmailKind().Compute(FeatureRow.Of(email)));
}
