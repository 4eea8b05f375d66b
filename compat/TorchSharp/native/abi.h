#pragma once

#include "precompiled.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What crosses the border to C# is plain C: handles, blittable structs, pointers with lengths. No C++ exception may.

#define MAML_API extern "C" __attribute__((visibility("default")))

#if __has_include(<c10/util/Optional.h>)
#include <c10/util/Optional.h>
#endif

namespace maml {

// Old libtorchs have an optional of their own; it became std::optional by another name, and that name may go.
#if __has_include(<c10/util/Optional.h>)
template <typename T>
using Maybe = c10::optional<T>;
constexpr auto nothing = c10::nullopt;
#else
template <typename T>
using Maybe = std::optional<T>;
constexpr auto nothing = std::nullopt;
#endif

using Handle = at::Tensor*;

// 0 when the call went through, -1 when maml_last_error() says why not.
using Status = std::int32_t;

struct ScalarValue {
    std::int64_t integer;
    double real;
    std::int32_t kind; // 0 real, 1 integer, 2 boolean
};

struct Options {
    std::int32_t dtype; // -1: not given
    std::int32_t device_type; // -1: not given
    std::int32_t device_index;
    std::int32_t requires_grad;
};

inline at::Scalar scalar(ScalarValue value)
{
    switch (value.kind) {
    case 0: return at::Scalar(value.real);
    case 1: return at::Scalar(value.integer);
    default: return at::Scalar(value.integer != 0);
    }
}

inline at::IntArrayRef dims(const std::int64_t* data, std::int64_t count)
{
    return at::IntArrayRef(data, static_cast<std::size_t>(count));
}

inline at::ScalarType dtype(std::int32_t value) { return static_cast<at::ScalarType>(value); }

inline Maybe<at::ScalarType> optional_dtype(std::int32_t value)
{
    if (value < 0) return nothing;
    return dtype(value);
}

inline Maybe<at::Tensor> optional(Handle tensor)
{
    if (tensor == nullptr) return nothing;
    return *tensor;
}

inline at::Tensor or_undefined(Handle tensor) { return tensor == nullptr ? at::Tensor() : *tensor; }

at::TensorOptions tensor_options(Options options);
std::vector<at::Tensor> tensors(const Handle* handles, std::int64_t count);

// Keeps the message of the exception now being handled for maml_last_error() on this thread.
void remember_exception() noexcept;

template <typename Body>
Handle guarded(Body&& body) noexcept
{
    try {
        return new at::Tensor(std::forward<Body>(body)());
    } catch (...) {
        remember_exception();
        return nullptr;
    }
}

template <typename Body>
Status guarded_status(Body&& body) noexcept
{
    try {
        std::forward<Body>(body)();
        return 0;
    } catch (...) {
        remember_exception();
        return -1;
    }
}

} // namespace maml
