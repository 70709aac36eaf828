namespace ClassHub.Web.Jobs;

public static class Schedule
{
    public static void AddJobs(this WebApplicationBuilder builder) { }
    public static void MapJobs(this WebApplication app) { }
}
