using Xunit.Abstractions;
using Xunit.Sdk;

namespace ClassHub.Tests;

/// <summary>A test that runs once on SQLite and once on PostgreSQL; it takes the <see cref="Engine"/> and opens its own <see cref="TestSchool"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ClassHub.Tests.OncePerEngine", "ClassHub.Core.Tests")]
public sealed class BothEnginesAttribute : FactAttribute;

public sealed class OncePerEngine(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        Enum.GetValues<Engine>().Select(engine => new XunitTestCase(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, [engine]));
}
