# A worker, for processors or for NVIDIA's GPUs. From the repository's root:
#   docker build -f deploy/docker/worker.Dockerfile --build-arg DEVICE=cpu -t maml-worker-cpu:0.1.0 .
#   docker build -f deploy/docker/worker.Dockerfile --build-arg DEVICE=cuda -t maml-worker-gpu:0.1.0 .
#
# The image for GPUs has CUDA's libraries in libtorch's packages; from the machine it needs the driver and NVIDIA's container toolkit only.
# TorchSharp's native library asks for GLIBCXX_3.4.32, which Ubuntu 24.04 (noble) has. About digests see coordinator.Dockerfile.
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble

FROM ${SDK} AS build
# cpu or cuda; no default, so that nobody gets the wrong one by accident.
ARG DEVICE
RUN case "${DEVICE}" in cpu|cuda) ;; *) echo "DEVICE is '${DEVICE}'; expected --build-arg DEVICE=cpu or DEVICE=cuda." >&2; exit 1 ;; esac
WORKDIR /source
ENV MamlPackages=registry \
    MamlTorchDevice=${DEVICE} \
    DOTNET_CLI_TELEMETRY_OPTOUT=1
COPY .editorconfig global.json Directory.*.props Directory.*.targets ./
COPY build/ build/
COPY src/Directory.Build.props src/Directory.Build.targets src/
COPY src/Shared/Maml.Cluster.Shared.csproj src/Shared/
COPY src/Worker/Maml.Cluster.Worker.csproj src/Worker/
RUN dotnet restore src/Worker -r linux-x64
COPY protos/ protos/
COPY src/Shared/ src/Shared/
COPY src/Worker/ src/Worker/
RUN dotnet publish src/Worker --no-restore -c Release -r linux-x64 --self-contained false -o /application

FROM ${RUNTIME}
RUN mkdir -p /var/cache/maml && chown 10001:10001 /var/cache/maml
WORKDIR /application
COPY --from=build /application/ ./
USER 10001:10001
# The host and its health check read the same file; an empty value stands for none.
ENV HOME=/tmp \
    MAML_CONFIG=/etc/maml/configuration/worker.yaml \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
EXPOSE 9464
VOLUME /var/cache/maml
STOPSIGNAL SIGTERM
# Alive, not attached: a worker that waits for its coordinator is well.
HEALTHCHECK --interval=15s --timeout=10s --start-period=120s --retries=3 \
    CMD ["dotnet", "Maml.Cluster.Worker.dll", "--health-check=live"]
ENTRYPOINT ["dotnet", "Maml.Cluster.Worker.dll"]
