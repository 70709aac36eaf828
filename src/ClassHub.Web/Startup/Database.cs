using ClassHub.Database;
using ClassHub.Media;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Startup;

public static class Database
{
    /// <summary>PostgreSQL when ConnectionStrings:ClassHub is there, else a SQLite file in the data folder.</summary>
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var postgres = builder.Configuration.GetConnectionString("ClassHub");
        if (string.IsNullOrWhiteSpace(postgres))
        {
            var file = Path.Combine(builder.DataFolder(), "classhub.db");
            services.AddDbContextPool<ClassHubDb, SqliteDb>(options => options.UseClassHubSqlite(file));
            services.AddSingleton(new WriteGate(oneAtATime: true));
        }
        else
        {
            services.AddDbContextPool<ClassHubDb, PostgresDb>(options => options.UseClassHubPostgres(postgres));
            services.AddSingleton(new WriteGate(oneAtATime: false));
        }
        services.AddDataProtection().SetApplicationName("ClassHub").PersistKeysToDbContext<ClassHubDb>();
    }

    /// <summary>False when nothing can be written into the data folder, which it says.</summary>
    public static bool HasDataFolder(this WebApplicationBuilder builder)
    {
        if (SchoolDisk.ProblemWith(builder.DataFolderPath()) is not { } problem) return true;
        Console.Error.WriteLine(problem);
        return false;
    }

    private static string DataFolderPath(this WebApplicationBuilder builder) =>
        Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["ClassHub:DataFolder"] ?? "data");

    /// <summary>ClassHub:DataFolder, absolute or beside the program's project.</summary>
    public static string DataFolder(this WebApplicationBuilder builder)
    {
        var folder = builder.DataFolderPath();
        Directory.CreateDirectory(folder);
        OwnFiles.Close(folder);
        return folder;
    }
}
