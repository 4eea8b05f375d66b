#include "abi.h"

using namespace maml;

MAML_API const char* maml_version() { return TORCH_VERSION; }

MAML_API Status maml_cuda_device_count(std::int32_t* result)
{
    return guarded_status([&] { *result = static_cast<std::int32_t>(torch::cuda::device_count()); });
}

MAML_API Status maml_cuda_synchronize(std::int32_t index)
{
    return guarded_status([&] { torch::cuda::synchronize(index); });
}

MAML_API std::int32_t maml_get_num_threads() { return at::get_num_threads(); }
MAML_API std::int32_t maml_get_num_interop_threads() { return static_cast<std::int32_t>(at::get_num_interop_threads()); }
MAML_API Status maml_set_num_threads(std::int32_t count) { return guarded_status([&] { at::set_num_threads(count); }); }

MAML_API Status maml_set_num_interop_threads(std::int32_t count)
{
    return guarded_status([&] { at::set_num_interop_threads(count); });
}

MAML_API Status maml_manual_seed(std::int64_t seed)
{
    return guarded_status([&] { at::manual_seed(static_cast<std::uint64_t>(seed)); });
}

// Newer libtorchs refuse to answer where somebody has set the same thing in the newer way.
MAML_API Status maml_get_allow_tf32_matmul(std::int32_t* result)
{
    return guarded_status([&] { *result = at::globalContext().allowTF32CuBLAS(); });
}

MAML_API Status maml_get_allow_tf32_cudnn(std::int32_t* result)
{
    return guarded_status([&] { *result = at::globalContext().allowTF32CuDNN(); });
}

MAML_API Status maml_set_allow_tf32_matmul(std::int32_t allowed)
{
    return guarded_status([&] { at::globalContext().setAllowTF32CuBLAS(allowed != 0); });
}

MAML_API Status maml_set_allow_tf32_cudnn(std::int32_t allowed)
{
    return guarded_status([&] { at::globalContext().setAllowTF32CuDNN(allowed != 0); });
}
