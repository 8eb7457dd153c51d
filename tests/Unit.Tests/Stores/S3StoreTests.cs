using Trainyard.Stores;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.Stores;

public sealed class S3StoreTests : StoreContract
{
    private protected override async Task<IStore> OpenAsync()
    {
        var server = await S3Server.UseAsync();
        return Trainyard.Stores.Store.Open($"s3://{await server.CreateBucketAsync()}/some/prefix", server.Variables);
    }
}
