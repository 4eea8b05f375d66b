#include "abi.h"

#include <new>

namespace {

thread_local std::string last_error;

// libtorch appends where in its own sources a check failed; that says nothing to a user.
std::string without_backtrace(std::string message)
{
    const auto backtrace = message.find("\nException raised from ");
    if (backtrace != std::string::npos) message.resize(backtrace);
    return message;
}

} // namespace

namespace maml {

void remember_exception() noexcept
{
    try {
        try {
            throw;
        } catch (const c10::Error& error) {
            last_error = without_backtrace(error.what_without_backtrace());
        } catch (const std::bad_alloc&) {
            last_error = "libtorch could not allocate memory on the host";
        } catch (const std::exception& error) {
            last_error = without_backtrace(error.what());
        } catch (...) {
            last_error = "libtorch threw an exception that is no std::exception";
        }
    } catch (...) {
        last_error.clear();
    }
}

} // namespace maml

MAML_API const char* maml_last_error() { return last_error.c_str(); }
