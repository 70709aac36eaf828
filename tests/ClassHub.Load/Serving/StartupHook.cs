/// <summary>Named by DOTNET_STARTUP_HOOKS, so that the published program finds this assembly although it knows nothing of it.</summary>
internal static class StartupHook
{
    public static void Initialize() { }
}
