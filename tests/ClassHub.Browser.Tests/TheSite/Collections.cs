namespace ClassHub.Browser.Tests.TheSite;

// Three parts that take about equally long, side by side, each with one browser and one school: what waits in one leaves the processors to the others, and no server is warmed up for a few tests only.

/// <summary>What people do and see on the pages.</summary>
[CollectionDefinition(Name)]
public sealed class InTheBrowser : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "In the browser";
}

/// <summary>What devices record and play.</summary>
[CollectionDefinition(Name)]
public sealed class OnADevice : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "On a device";
}

/// <summary>What devices do by themselves while nobody is there: keep, wait and send.</summary>
[CollectionDefinition(Name)]
public sealed class OnABadLine : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "On a bad line";
}
